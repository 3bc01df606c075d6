/// The fields of one event while it is decoded. Each method refuses with the field's name.
struct EventFields {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Key>

    init(_ decoder: any Decoder) throws(EventRefusal) {
        do {
            container = try decoder.container(keyedBy: Key.self)
        } catch {
            throw EventRefusal(.wrongType, field: nil, "An event must be a JSON object.")
        }
    }

    /// A string of 1 to `length` characters.
    func identifier(_ field: String, length: Int) throws(EventRefusal) -> String {
        guard let value = try optionalIdentifier(field, length: length) else { throw missing(field) }
        return value
    }

    func optionalIdentifier(_ field: String, length: Int) throws(EventRefusal) -> String? {
        guard let value = try optionalString(field) else { return nil }
        guard !value.isEmpty, value.utf8.count <= length || value.unicodeScalars.count <= length else {
            throw EventRefusal(.outOfRange, field: field, "must have 1 to \(length) characters.")
        }
        return value
    }

    /// One of a closed list of values.
    func choice<Value>(_ field: String, of: Value.Type = Value.self) throws(EventRefusal) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = try optionalString(field) else { throw missing(field) }
        guard let value = Value(rawValue: text) else {
            let values = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw EventRefusal(.unknownValue, field: field, "must be one of: \(values).")
        }
        return value
    }

    /// A duration in milliseconds.
    func milliseconds(_ field: String) throws(EventRefusal) -> Double {
        guard let value = try optionalMilliseconds(field) else { throw missing(field) }
        return value
    }

    func optionalMilliseconds(_ field: String) throws(EventRefusal) -> Double? {
        try optionalNumber(field, in: EventLimits.milliseconds)
    }

    /// A finite number within bounds.
    func optionalNumber(_ field: String, in bounds: ClosedRange<Double>) throws(EventRefusal) -> Double? {
        guard let value = try optional(Double.self, field, "must be a number.") else { return nil }
        guard bounds.contains(value) else {
            throw EventRefusal(
                .outOfRange, field: field,
                "must be between \(Self.text(bounds.lowerBound)) and \(Self.text(bounds.upperBound)).")
        }
        return value
    }

    func optionalFlag(_ field: String) throws(EventRefusal) -> Bool? {
        try optional(Bool.self, field, "must be true or false.")
    }

    func optionalString(_ field: String) throws(EventRefusal) -> String? {
        try optional(String.self, field, "must be a string.")
    }

    func optionalWallTime(_ field: String) throws(EventRefusal) -> WallTime? {
        try optional(WallTime.self, field, "must be RFC 3339 or Unix seconds.")
    }

    func missing(_ field: String) -> EventRefusal {
        EventRefusal(.missingField, field: field, "is required.")
    }

    private func optional<Value: Decodable>(
        _ type: Value.Type, _ field: String, _ message: String
    ) throws(EventRefusal) -> Value? {
        do {
            return try container.decodeIfPresent(type, forKey: Key(field))
        } catch {
            throw EventRefusal(.wrongType, field: field, message)
        }
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map(String.init) ?? bound.description
    }
}
