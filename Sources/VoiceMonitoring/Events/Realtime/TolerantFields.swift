/// The fields of a JSON object that somebody else defines, as far as they can be read: what is missing, has another
/// type or is out of bounds is none.
struct TolerantFields {
    private struct Skipped: Decodable {
        init(from decoder: any Decoder) {}
    }

    private let container: KeyedDecodingContainer<EventFields.Key>

    /// - Throws: where there is no object.
    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: EventFields.Key.self)
    }

    private init(_ container: KeyedDecodingContainer<EventFields.Key>) {
        self.container = container
    }

    func string(_ field: String) -> String? {
        try? container.decodeIfPresent(String.self, forKey: EventFields.Key(field))
    }

    /// A string that can be an id.
    func identifier(_ field: String) -> String? {
        guard let value = string(field),
            (try? EventFields.check(value, field, length: EventLimits.entityIDLength)) != nil
        else { return nil }
        return value
    }

    /// A string that is not empty, cut to the length of a name.
    func name(_ field: String) -> String? {
        string(field).flatMap { $0.isEmpty ? nil : $0.cut(toScalars: EventLimits.nameLength) }
    }

    func number(_ field: String, in bounds: ClosedRange<Double>) -> Double? {
        guard let value = try? container.decodeIfPresent(Double.self, forKey: EventFields.Key(field)),
            bounds.contains(value)
        else { return nil }
        return value
    }

    /// A number of tokens.
    func tokens(_ field: String) -> Int? {
        number(field, in: EventLimits.tokens).flatMap { Int(exactly: $0.rounded()) }
    }

    func object(_ field: String) -> TolerantFields? {
        (try? container.nestedContainer(keyedBy: EventFields.Key.self, forKey: EventFields.Key(field)))
            .map(TolerantFields.init)
    }

    /// The first objects of an array, which may hold other things.
    func objects(_ field: String) -> [TolerantFields] {
        guard var array = try? container.nestedUnkeyedContainer(forKey: EventFields.Key(field)) else { return [] }
        var objects: [TolerantFields] = []
        while !array.isAtEnd, objects.count < EventLimits.realtimeObjects {
            if let object = try? array.nestedContainer(keyedBy: EventFields.Key.self) {
                objects.append(TolerantFields(object))
            } else if (try? array.decode(Skipped.self)) == nil {
                break
            }
        }
        return objects
    }
}
