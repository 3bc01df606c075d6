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
        try Self.check(value, field, length: length)
        return value
    }

    /// Ids, at least one.
    func identifiers(_ field: String, length: Int, count: Int) throws(EventRefusal) -> [String] {
        guard let values = try optional([String].self, field, "must be an array of strings.") else {
            throw missing(field)
        }
        guard (1...count).contains(values.count) else {
            throw EventRefusal(.outOfRange, field: field, "must have 1 to \(count) entries.")
        }
        for value in values { try Self.check(value, field, length: length) }
        return values
    }

    static func check(_ identifier: String, _ field: String, length: Int) throws(EventRefusal) {
        guard !identifier.isEmpty, identifier.utf8.count <= length || identifier.unicodeScalars.count <= length else {
            throw EventRefusal(.outOfRange, field: field, "must have 1 to \(length) characters.")
        }
    }

    /// A string that is not empty; whoever takes it cuts what is too long.
    func text(_ field: String) throws(EventRefusal) -> String {
        guard let text = try optionalText(field) else { throw missing(field) }
        return text
    }

    func optionalText(_ field: String) throws(EventRefusal) -> String? {
        guard let text = try optionalString(field) else { return nil }
        guard !text.isEmpty else { throw EventRefusal(.outOfRange, field: field, "must not be empty.") }
        return text
    }

    /// One of a closed list of values.
    func choice<Value>(_ field: String, of: Value.Type = Value.self) throws(EventRefusal) -> Value
    where Value: RawRepresentable<String> & CaseIterable {
        guard let value = try optionalChoice(field, of: Value.self) else { throw missing(field) }
        return value
    }

    func optionalChoice<Value>(_ field: String, of: Value.Type = Value.self) throws(EventRefusal) -> Value?
    where Value: RawRepresentable<String> & CaseIterable {
        guard let text = try optionalString(field) else { return nil }
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
        guard let value = try optionalDouble(field) else { return nil }
        guard bounds.contains(value) else {
            throw EventRefusal(
                .outOfRange, field: field,
                "must be between \(Self.text(bounds.lowerBound)) and \(Self.text(bounds.upperBound)).")
        }
        return value
    }

    /// A whole number of things.
    func count(_ field: String) throws(EventRefusal) -> Int {
        guard let value = try optionalCount(field) else { throw missing(field) }
        return value
    }

    func optionalCount(_ field: String) throws(EventRefusal) -> Int? {
        guard let value = try optionalNumber(field, in: EventLimits.count) else { return nil }
        guard let count = Int(exactly: value) else {
            throw EventRefusal(.wrongType, field: field, "must be a whole number.")
        }
        return count
    }

    func flag(_ field: String) throws(EventRefusal) -> Bool {
        guard let value = try optionalFlag(field) else { throw missing(field) }
        return value
    }

    /// An object of any content within bounds.
    func optionalContext(_ field: String) throws(EventRefusal) -> JSONValue? {
        let context = try optional(JSONValue.self, field, "must be an object.")
        guard let context else { return nil }
        guard case .object = context else { throw EventRefusal(.wrongType, field: field, "must be an object.") }
        guard context.isWithin(values: EventLimits.contextValues, depth: EventLimits.contextDepth) else {
            throw EventRefusal(
                .outOfRange, field: field,
                "must have at most \(EventLimits.contextValues) values and \(EventLimits.contextDepth) levels.")
        }
        return context
    }

    func realtimeEvent(_ field: String) throws(EventRefusal) -> RealtimeServerEvent {
        guard let event = try optional(RealtimeServerEvent.self, field, "must be an object.") else {
            throw missing(field)
        }
        return event
    }

    func optionalFlag(_ field: String) throws(EventRefusal) -> Bool? {
        try read(field, "must be true or false.") { try $0.decodeIfPresent(Bool.self, forKey: $1) }
    }

    func optionalString(_ field: String) throws(EventRefusal) -> String? {
        try read(field, "must be a string.") { try $0.decodeIfPresent(String.self, forKey: $1) }
    }

    func optionalWallTime(_ field: String) throws(EventRefusal) -> WallTime? {
        try optional(WallTime.self, field, "must be RFC 3339 or Unix seconds.")
    }

    func missing(_ field: String) -> EventRefusal {
        EventRefusal(.missingField, field: field, "is required.")
    }

    private func optionalDouble(_ field: String) throws(EventRefusal) -> Double? {
        try read(field, "must be a number.") { try $0.decodeIfPresent(Double.self, forKey: $1) }
    }

    private func optional<Value: Decodable>(
        _ type: Value.Type, _ field: String, _ message: String
    ) throws(EventRefusal) -> Value? {
        try read(field, message) { try $0.decodeIfPresent(type, forKey: $1) }
    }

    // Each caller names its own method of the library: those for strings, numbers and flags are several times as fast
    // as the generic one.
    private func read<Value>(
        _ field: String, _ message: String, _ decode: (KeyedDecodingContainer<Key>, Key) throws -> Value?
    ) throws(EventRefusal) -> Value? {
        do {
            return try decode(container, Key(field))
        } catch {
            throw EventRefusal(.wrongType, field: field, message)
        }
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map(String.init) ?? bound.description
    }
}
