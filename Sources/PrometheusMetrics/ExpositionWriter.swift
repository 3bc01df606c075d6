/// Takes families from collectors, in any order, and yields the exposition with families in the order of their names.
///
/// UTF-8, line feeds only, metadata before samples, one group a family, no timestamps. Source: Prometheus exposition
/// formats, "Text format details"; OpenMetrics 1.0.0, "Text format".
public struct ExpositionWriter: ~Copyable {
    private let format: ExpositionFormat
    private var bytes: [UInt8] = []
    private var groups: [(name: String, range: Range<Int>)] = []

    init(_ format: ExpositionFormat = .text) {
        self.format = format
    }

    /// Writes a family's one child without labels, or nothing where there is no value.
    public mutating func write<Value>(_ descriptor: FamilyDescriptor<Value, NoLabels>, _ value: Value?) {
        guard let value else { return }
        family(descriptor.erased) { $0.child(RenderedLabels(NoLabels()), value) }
    }

    /// Writes a family's children in the order of their label values, or nothing where there are none.
    public mutating func write<Value, Labels>(
        _ descriptor: FamilyDescriptor<Value, Labels>, _ children: [Labels: Value]
    ) {
        family(descriptor.erased) { family in
            for (labels, value) in children.inLabelOrder() { family.child(RenderedLabels(labels), value) }
        }
    }

    mutating func family(_ descriptor: AnyFamilyDescriptor, _ writeChildren: (inout FamilyWriter) -> Void) {
        let start = bytes.count
        var family = FamilyWriter(descriptor, format, bytes: bytes)
        // The one buffer is handed over, not copied.
        bytes = []
        writeChildren(&family)
        bytes = family.finish()
        if bytes.count > start { groups.append((descriptor.name, start..<bytes.count)) }
    }

    /// The whole exposition.
    consuming func finish() -> [UInt8] {
        var exposition: [UInt8] = []
        exposition.reserveCapacity(bytes.count)
        for group in groups.sorted(by: { $0.name < $1.name }) {
            exposition.append(contentsOf: bytes[group.range])
        }
        if format == .openMetrics { exposition.append(contentsOf: "# EOF\n".utf8) }
        return exposition
    }
}

/// Writes the children of one family; the metadata precedes the first.
struct FamilyWriter: ~Copyable {
    private let descriptor: AnyFamilyDescriptor
    private let format: ExpositionFormat
    private var bytes: [UInt8]
    private var wroteMetadata = false

    init(_ descriptor: AnyFamilyDescriptor, _ format: ExpositionFormat, bytes: consuming [UInt8]) {
        self.descriptor = descriptor
        self.format = format
        self.bytes = bytes
    }

    mutating func child(_ labels: RenderedLabels, _ value: some MetricValue) {
        if !wroteMetadata { writeMetadata() }
        var child = ChildWriter(name: descriptor.name, labels: labels, format: format, bytes: bytes)
        bytes = []
        value.write(to: &child)
        bytes = child.finish()
    }

    consuming func finish() -> [UInt8] { bytes }

    private mutating func writeMetadata() {
        wroteMetadata = true
        switch format {
        case .text:
            writeHelp(of: descriptor.name)
            writeType(of: descriptor.name)
        case .openMetrics:
            let name = descriptor.type.openMetricsName(of: descriptor.name)
            writeType(of: name)
            if let unit = Self.units.first(where: { name.hasSuffix("_" + $0) }) {
                bytes.append(contentsOf: "# UNIT \(name) \(unit)\n".utf8)
            }
            writeHelp(of: name)
        }
    }

    /// The base units of Prometheus that end a family's name. A unit that does not end it fails the whole scrape.
    private static let units = ["seconds", "bytes", "ratio"]

    private mutating func writeType(of name: String) {
        bytes.append(contentsOf: "# TYPE \(name) \(descriptor.type.rawValue)\n".utf8)
    }

    private mutating func writeHelp(of name: String) {
        bytes.append(contentsOf: "# HELP \(name) ".utf8)
        TextEscaping.appendHelp(descriptor.help, format, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}
