import FoundationEssentials
import VoiceMonitoring

/// Decodes JSON that is really JSON.
struct StrictJSON {
    private let decoder = JSONDecoder()

    /// - Throws: `EventRefusal` where the bytes are not one JSON value, or what the type itself throws.
    func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data) throws -> Value {
        guard bytes.withUnsafeBytes(JSONGrammar.isValid) else { throw Self.refusal }
        do {
            return try decoder.decode(type, from: bytes)
        } catch let refusal as EventRefusal {
            throw refusal
        } catch {
            throw Self.refusal
        }
    }

    private static let refusal = EventRefusal(.invalidJSON, field: nil, "This is not valid JSON.")
}
