/// An utterance that began while the assistant was heard.
struct Interruption: Codable, Sendable {
    let utterance: Digest
    let response: Digest
    var started: FeedTime?
    /// When the assistant stopped.
    var cleared: FeedTime?
    var hasEnded = false
    /// Whether the reply was cut off.
    var isCut = false
    var hasReacted = false
    /// Whether a response followed.
    var isReplied = false
    var outcome: InterruptionOutcome?

    init(_ utterance: Digest, of response: Digest, started: FeedTime?) {
        self.utterance = utterance
        self.response = response
        self.started = started
    }

    /// How long the assistant took to stop; told once, as soon as both times are known.
    mutating func reaction() -> Double? {
        guard !hasReacted, let milliseconds = started.flatMap({ cleared?.milliseconds(since: $0) }) else { return nil }
        hasReacted = true
        return milliseconds
    }
}
