/// A response of the model, from its creation until nobody speaks of it any more.
struct LiveResponse: Codable, Sendable {
    var created: FeedTime?
    /// The first word of its text or transcript.
    var firstToken: FeedTime?
    /// The first audio that was generated.
    var firstAudio: FeedTime?
    /// The beginning and the end of its playback.
    var playbackStarted: FeedTime?
    var playbackStopped: FeedTime?
    var done: FeedTime?
    var status: ResponseStatus?
    var isKnown = false
    var callsTools = false
    var hasBegunPlaying = false
    var hasEndedPlaying = false
    var isCut = false
    /// What was told of its turn, a bit each.
    private var told: UInt8 = 0

    /// When it was first heard of, which decides to which turn it belongs.
    var beginning: FeedTime? {
        created ?? firstToken ?? firstAudio ?? playbackStarted ?? done
    }

    func hasTold(_ timing: TurnTiming) -> Bool { told & timing.rawValue != 0 }

    mutating func tell(_ timing: TurnTiming) { told |= timing.rawValue }
}
