import FoundationEssentials
import VoiceMonitoring

/// Decodes an event from JSON, as the server does.
func decodeEvent(_ json: String) throws -> VoiceEvent {
    try JSONDecoder().decode(VoiceEvent.self, from: Data(json.utf8))
}

/// A value as one line of JSON with sorted keys.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
