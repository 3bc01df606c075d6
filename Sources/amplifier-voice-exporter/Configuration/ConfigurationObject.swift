import VoiceMonitoring

/// An object of the configuration file. What is read is taken out, so that what is left is unknown.
struct ConfigurationObject {
    /// Where the object stands, for messages: the file, and the keys that lead to it.
    let path: String
    private var values: [String: JSONValue]

    init(_ value: JSONValue, at path: String) throws(ConfigurationError) {
        guard case .object(let values) = value else { throw ConfigurationError(path, "must be a JSON object.") }
        self.path = path
        self.values = values
    }

    mutating func object(_ key: String) throws(ConfigurationError) -> ConfigurationObject? {
        guard let value = values.removeValue(forKey: key) else { return nil }
        return try ConfigurationObject(value, at: pathOf(key))
    }

    mutating func text(_ key: String) throws(ConfigurationError) -> String? {
        switch values.removeValue(forKey: key) {
        case nil: return nil
        case .string(let text): return text
        default: throw ConfigurationError(pathOf(key), "must be a string.")
        }
    }

    mutating func texts(_ key: String) throws(ConfigurationError) -> [String]? {
        guard let value = values.removeValue(forKey: key) else { return nil }
        guard case .array(let elements) = value else { throw listError(key) }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element, !text.isEmpty else { throw listError(key) }
            texts.append(text)
        }
        return texts
    }

    mutating func flag(_ key: String) throws(ConfigurationError) -> Bool? {
        switch values.removeValue(forKey: key) {
        case nil: return nil
        case .bool(let flag): return flag
        default: throw ConfigurationError(pathOf(key), "must be true or false.")
        }
    }

    mutating func number(_ key: String) throws(ConfigurationError) -> Double? {
        switch values.removeValue(forKey: key) {
        case nil: return nil
        case .number(let number): return number
        default: throw ConfigurationError(pathOf(key), "must be a number.")
        }
    }

    mutating func count(_ key: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        guard let number = try number(key) else { return nil }
        guard let count = Int(exactly: number), range.contains(count) else {
            throw ConfigurationError(
                pathOf(key), "must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return count
    }

    func refuseOtherKeys() throws(ConfigurationError) {
        guard let key = values.keys.min() else { return }
        throw ConfigurationError(pathOf(key), "is not a known key.")
    }

    private func pathOf(_ key: String) -> String { "\(path): \(key)" }

    private func listError(_ key: String) -> ConfigurationError {
        ConfigurationError(pathOf(key), "must be a list of names.")
    }
}

/// What is wrong with the configuration file, and where.
struct ConfigurationError: Error, CustomStringConvertible {
    let description: String

    init(_ path: String, _ complaint: String) {
        description = "--config \(path) \(complaint)"
    }
}
