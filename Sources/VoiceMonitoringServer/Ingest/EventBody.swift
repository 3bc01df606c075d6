import FoundationEssentials
import VoiceMonitoring

/// The body of `POST /api/events`, decoded: one result for each event, in their order.
struct EventBody {
    /// The forms a body can have.
    enum Format {
        /// One JSON object, or an array of objects.
        case json
        /// One JSON object on each line.
        case lines

        /// The form that a `Content-Type` names; none for a type that is not accepted.
        init?(contentType: String?) {
            switch MediaType(contentType) {
            case nil, .some(.json), .some(.plainText): self = .json
            case .some(.lines): self = .lines
            default: return nil
            }
        }
    }

    let events: [Result<VoiceEvent, EventRefusal>]

    init(_ bytes: Data, format: Format) {
        let json = StrictJSON()
        switch format {
        case .json:
            let isArray = bytes.first { !$0.isJSONWhitespace } == UInt8(ascii: "[")
            events = isArray ? Self.decodeArray(bytes, json) : [Self.decodeObject(bytes, json)]
        case .lines:
            events = bytes.split(separator: UInt8(ascii: "\n"))
                .filter { !$0.allSatisfy(\.isJSONWhitespace) }
                .map { Self.decodeObject($0, json) }
        }
    }

    private static func decodeArray(_ bytes: Data, _ json: StrictJSON) -> [Result<VoiceEvent, EventRefusal>] {
        do {
            return try json.decode([DecodedEvent].self, from: bytes).map(\.event)
        } catch {
            return [.failure(EventRefusal(error))]
        }
    }

    private static func decodeObject(_ bytes: Data, _ json: StrictJSON) -> Result<VoiceEvent, EventRefusal> {
        Result { try json.decode(VoiceEvent.self, from: bytes) }.mapError { EventRefusal($0) }
    }
}

/// One event or why it is none, so that a bad event does not spoil its neighbours.
private struct DecodedEvent: Decodable {
    let event: Result<VoiceEvent, EventRefusal>

    init(from decoder: any Decoder) throws {
        event = Result { try VoiceEvent(from: decoder) }.mapError { EventRefusal($0) }
    }
}

extension EventRefusal {
    /// The refusal that an error is; decoding throws no other.
    init(_ error: any Error) {
        self = error as? EventRefusal ?? EventRefusal(.invalidJSON, field: nil, "This cannot be read.")
    }
}
