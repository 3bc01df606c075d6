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
            case nil, .some(.json): self = .json
            case .some(.lines): self = .lines
            default: return nil
            }
        }
    }

    let events: [Result<VoiceEvent, EventRefusal>]

    init(_ bytes: Data, format: Format) {
        let decoder = JSONDecoder()
        switch format {
        case .json:
            events = EventBody.decodeJSON(bytes, decoder)
        case .lines:
            events = bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
                line.allSatisfy(\.isJSONWhitespace) ? nil : EventBody.decode(DecodedEvent.self, line, decoder).event
            }
        }
    }

    private static func decodeJSON(_ bytes: Data, _ decoder: JSONDecoder) -> [Result<VoiceEvent, EventRefusal>] {
        guard bytes.first(where: { !$0.isJSONWhitespace }) == UInt8(ascii: "[") else {
            return [decode(DecodedEvent.self, bytes, decoder).event]
        }
        do {
            return try decoder.decode([DecodedEvent].self, from: bytes).map(\.event)
        } catch {
            return [.failure(.notJSON)]
        }
    }

    private static func decode(_: DecodedEvent.Type, _ bytes: Data, _ decoder: JSONDecoder) -> DecodedEvent {
        (try? decoder.decode(DecodedEvent.self, from: bytes)) ?? DecodedEvent(event: .failure(.notJSON))
    }
}

/// One event or why it is none, so that a bad event does not spoil its neighbours.
private struct DecodedEvent: Decodable {
    let event: Result<VoiceEvent, EventRefusal>

    init(event: Result<VoiceEvent, EventRefusal>) {
        self.event = event
    }

    init(from decoder: any Decoder) throws {
        do {
            event = .success(try VoiceEvent(from: decoder))
        } catch let refusal as EventRefusal {
            event = .failure(refusal)
        }
    }
}

extension EventRefusal {
    static let notJSON = EventRefusal(.invalidJSON, field: nil, "This is not valid JSON.")
}

extension UInt8 {
    /// RFC 8259, section 2.
    fileprivate var isJSONWhitespace: Bool {
        self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0d
    }
}
