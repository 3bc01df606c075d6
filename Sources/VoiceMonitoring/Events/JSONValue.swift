/// Any JSON value, for what a sender attaches and nobody interprets.
public indirect enum JSONValue: Codable, Equatable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number.
    case number(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object([String: JSONValue])

    /// Reads any JSON value; strings are cut to the length of a message.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value.cut(toBytes: EventLimits.messageSize))
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Writes the value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Whether the value and all in it are at most so many, at most so many levels deep.
    func isWithin(values: Int, depth: Int) -> Bool {
        var left = values
        return take(&left, depth: depth)
    }

    private func take(_ left: inout Int, depth: Int) -> Bool {
        left -= 1
        guard left >= 0, depth > 0 else { return false }
        let children: [JSONValue]
        switch self {
        case .array(let values): children = values
        case .object(let values): children = Array(values.values)
        default: children = []
        }
        for child in children where !child.take(&left, depth: depth - 1) { return false }
        return true
    }
}
