/// The metadata of a family, rendered once for each format.
final class FamilyHeader: Sendable {
    let descriptor: AnyFamilyDescriptor
    private let text: [UInt8]
    private let openMetrics: [UInt8]
    private let protobuf: [UInt8]

    init(_ descriptor: AnyFamilyDescriptor) {
        self.descriptor = descriptor
        text = Self.text(descriptor)
        openMetrics = Self.openMetrics(descriptor)
        protobuf = Self.protobuf(descriptor)
    }

    subscript(format: ExpositionFormat) -> [UInt8] {
        switch format {
        case .text: text
        case .openMetrics: openMetrics
        case .protobuf: protobuf
        }
    }

    private static func text(_ descriptor: AnyFamilyDescriptor) -> [UInt8] {
        help(descriptor.name, descriptor.help, .text) + type(descriptor.name, descriptor.type.textName)
    }

    private static func openMetrics(_ descriptor: AnyFamilyDescriptor) -> [UInt8] {
        let name = descriptor.type.openMetricsName(of: descriptor.name)
        let unit = units.first { name.hasSuffix("_" + $0) }.map { Array("# UNIT \(name) \($0)\n".utf8) }
        return type(name, descriptor.type.rawValue) + (unit ?? []) + help(name, descriptor.help, .openMetrics)
    }

    private static func protobuf(_ descriptor: AnyFamilyDescriptor) -> [UInt8] {
        let type: UInt64 =
            switch descriptor.type {
            case .counter: 0
            case .gauge, .info: 1
            case .histogram: 4
            }
        var bytes: [UInt8] = []
        bytes.append(field: 1, string: descriptor.name)
        bytes.append(field: 2, string: descriptor.help)
        bytes.append(field: 3, varint: type)
        return bytes
    }

    /// The base units of Prometheus that end a family's name. A unit that does not end it fails the whole scrape.
    private static let units = ["seconds", "bytes", "ratio"]

    private static func type(_ name: String, _ type: String) -> [UInt8] {
        Array("# TYPE \(name) \(type)\n".utf8)
    }

    private static func help(_ name: String, _ help: String, _ format: ExpositionFormat) -> [UInt8] {
        var bytes = Array("# HELP \(name) ".utf8)
        TextEscaping.appendHelp(help, format, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}
