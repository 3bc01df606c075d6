import NIOCore
import VoiceMonitoring

/// One server-sent event as it goes over the wire, the same bytes for every client, and when it was made.
struct StreamFrame: Sendable {
    /// What a frame is of. A newer frame takes the place of an older one of the same slot.
    enum Slot: Hashable, Sendable {
        /// Everything in one unnamed message.
        case whole
        /// The first of named events.
        case hello
        /// A topic.
        case topic(StreamTopic)
        /// Numbers that crossed a threshold.
        case alert
        /// A sign of life.
        case ping
        /// The last event before the end.
        case bye
    }

    let slot: Slot
    let bytes: ByteBuffer
    let made: ContinuousClock.Instant
    /// Of a feed the records that it tells, counted since the start.
    let records: Range<Int>?
    /// Whether it leaves none of its records out.
    let isComplete: Bool

    /// Encodes the content on one line, so that no text in it can end the event.
    init(
        _ slot: Slot, _ content: some Encodable, records: Range<Int>? = nil, isComplete: Bool = true,
        retryMilliseconds: Int? = nil
    ) throws {
        self.slot = slot
        self.records = records
        self.isComplete = isComplete
        made = .now
        var bytes = ByteBuffer()
        if let name = slot.name { bytes.writeString("event: \(name)\n") }
        if let retryMilliseconds { bytes.writeString("retry: \(retryMilliseconds)\n") }
        bytes.writeString("data: ")
        bytes.writeImmutableBuffer(try JSONBody.encode(content))
        bytes.writeString("\n\n")
        self.bytes = bytes
    }
}

extension StreamFrame.Slot {
    /// The event's name; none for the unnamed one.
    fileprivate var name: String? {
        switch self {
        case .whole: nil
        case .hello: "hello"
        case .topic(let topic): topic.rawValue
        case .alert: "alert"
        case .ping: "ping"
        case .bye: "bye"
        }
    }
}
