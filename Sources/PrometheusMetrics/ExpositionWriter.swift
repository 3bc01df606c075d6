/// Takes families from collectors, in any order, and yields the exposition with families in the order of their names.
///
/// Text is UTF-8 with line feeds only, metadata before samples, one group a family, no timestamps; protobuf is one
/// message a family, each after its length. Source: Prometheus exposition formats, "Text format details" and "Protobuf
/// format"; OpenMetrics 1.0.0, "Text format".
public struct ExpositionWriter: ~Copyable {
    private var child: ChildWriter
    private var groups: [(name: String, range: Range<Int>)] = []

    init(_ format: ExpositionFormat = .text, expecting size: Int = 0) {
        child = ChildWriter(format, expecting: size)
    }

    /// Writes a family's one child without labels, or nothing where there is no value.
    public mutating func write<Value>(_ descriptor: FamilyDescriptor<Value, NoLabels>, _ value: Value?) {
        guard let value else { return }
        write(descriptor.header, [[]], [value])
    }

    /// Writes a family's children in the order of their label values, or nothing where there are none.
    public mutating func write<Value, Labels>(
        _ descriptor: FamilyDescriptor<Value, Labels>, _ children: [Labels: Value]
    ) {
        guard !children.isEmpty else { return }
        var labels: [[LabelPair]] = []
        var values: [Value] = []
        for (key, value) in children {
            labels.append(key.labelPairs)
            values.append(value)
        }
        write(descriptor.header, labels, values)
    }

    // Collectors of other modules have no specialized form of this, so that as little as possible is generic.
    private mutating func write<Value: MetricValue>(_ header: FamilyHeader, _ labels: [[LabelPair]], _ values: [Value])
    {
        let order = labels.inLabelOrder()
        let list = SeriesList(header.descriptor, order.map { labels[$0] }, child.format)
        family(header) { child in
            for (position, index) in order.enumerated() {
                child.begin(list[position])
                values[index].write(to: &child)
            }
        }
        withExtendedLifetime(list) {}
    }

    /// Writes a family that has at least one child.
    mutating func family(_ header: FamilyHeader, _ writeChildren: (inout ChildWriter) -> Void) {
        let start = child.bytes.count
        child.bytes.append(contentsOf: header[child.format])
        writeChildren(&child)
        if child.format == .protobuf { child.bytes.insertLength(at: start) }
        groups.append((header.descriptor.name, start..<child.bytes.count))
    }

    /// The format that is written.
    var format: ExpositionFormat { child.format }

    /// The samples so far.
    var sampleCount: Int { child.sampleCount }

    /// The whole exposition.
    consuming func finish() -> [UInt8] {
        let isInOrder = zip(groups, groups.dropFirst()).allSatisfy { $0.name <= $1.name }
        if !isInOrder { child.bytes = sorted() }
        if child.format == .openMetrics { child.bytes.append(contentsOf: "# EOF\n".utf8) }
        return child.bytes
    }

    private borrowing func sorted() -> [UInt8] {
        var sorted: [UInt8] = []
        // With room for the end of an OpenMetrics exposition.
        sorted.reserveCapacity(child.bytes.count + 8)
        for group in groups.sorted(by: { $0.name < $1.name }) {
            sorted.append(contentsOf: child.bytes[group.range])
        }
        return sorted
    }
}
