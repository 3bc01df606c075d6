/// Something that the voice activity detection took for the user's speech.
struct Utterance: Codable, Sendable {
    /// What is known of its words.
    enum Transcript: UInt8, Codable {
        case text, empty, failed
    }

    /// The user's item.
    let itemID: String
    var started: FeedTime?
    var stopped: FeedTime?
    var transcribed: FeedTime?
    /// Where it lies in the audio of the session, in milliseconds.
    var audioStart: Double?
    var audioEnd: Double?
    var transcript: Transcript?
    var hasStarted = false
    var hasStopped = false
    /// Whether it was counted as none of the user's speech.
    var isFalse = false
    /// The response that was heard first after it, and when.
    var firstHeard: Digest?
    var heard: FeedTime?
    /// The first whole response that calls no tool.
    var answer: Digest?

    init(itemID: String) {
        self.itemID = itemID
    }

    /// Whether any of its boundaries was told.
    var isActivation: Bool { hasStarted || hasStopped }

    /// How long its audio is, with what the detection adds, in milliseconds.
    var audioLength: Double? {
        guard let audioStart, let audioEnd, audioEnd >= audioStart else { return nil }
        return audioEnd - audioStart
    }

    /// Takes note of what is heard after it; the earliest counts.
    mutating func hear(_ response: Digest, at time: FeedTime) {
        if let heard, let distance = time.distance(from: heard), distance >= 0 { return }
        firstHeard = response
        heard = time
    }
}
