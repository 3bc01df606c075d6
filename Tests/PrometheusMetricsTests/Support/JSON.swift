import FoundationEssentials

func decoded<Value: Decodable>(_ type: Value.Type, fromJSON json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
}

func encodedAsJSON(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

/// The value after a way through JSON.
func throughJSON<Value: Codable>(_ value: Value) throws -> Value {
    try decoded(Value.self, fromJSON: encodedAsJSON(value))
}
