import HTTPTypes
import VoiceMonitoring

/// What a client of the stream asked for.
enum StreamSelection: Sendable {
    /// One unnamed message of everything, as SPEC section 8 has it.
    case whole
    /// Named events of these topics.
    case topics(Set<StreamTopic>)

    /// Reads the parameter `topics`: `all`, or names with commas between them.
    init(topics parameter: String?) throws(RequestFailure) {
        guard let parameter else {
            self = .whole
            return
        }
        let names = parameter.split(separator: ",", omittingEmptySubsequences: false)
        let topics = names.map { StreamTopic(rawValue: String($0)) }
        if parameter == "all" {
            self = .topics(Set(StreamTopic.allCases))
        } else if topics.contains(nil) {
            let known = StreamTopic.allCases.map(\.rawValue).joined(separator: ", ")
            throw RequestFailure(
                status: .badRequest, code: .badRequest, message: "Name topics out of \(known), or all.",
                field: "topics")
        } else {
            self = .topics(Set(topics.compactMap { $0 }))
        }
    }

    /// Whether a frame is for this client.
    func takes(_ slot: StreamFrame.Slot) -> Bool {
        switch (self, slot) {
        case (.whole, .whole): true
        case (.whole, _), (.topics, .whole): false
        case (.topics(let topics), .topic(let topic)): topics.contains(topic)
        case (.topics, .hello), (.topics, .alert), (.topics, .ping), (.topics, .bye): true
        }
    }
}
