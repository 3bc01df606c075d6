/// One session's conversation, as its raw events tell it. It refers to utterances and responses by their keys.
struct Conversation: Codable, Sendable {
    /// Silence that has become dead air.
    struct DeadAir: Codable {
        /// The utterance that it follows.
        var utterance: Digest
        /// When that ended, by its feed and by its receipt.
        var since: FeedTime?
        var received: MonotonicTime
    }

    /// Playback that was cut off before anybody was heard to speak.
    struct Cut: Codable {
        var response: Digest
        var time: FeedTime
    }

    /// What went wrong since the user ended to speak.
    struct Troubles: Codable {
        var responseFailed = false
        var activeResponseConflict = false
    }

    /// Whether the browser forwards events; then only its times count.
    var hasBrowserFeed = false
    /// Whether events of the output audio buffer are forwarded; without them audio is heard once it is generated.
    var hasPlaybackEvents = false
    var model: String?
    var transcriptionModel: String?
    /// What server VAD adds to every utterance, in milliseconds.
    var vadPadding: Double?
    /// The last utterances that are not known to be empty, newest last.
    private(set) var turns: [Digest] = []
    /// The last responses, newest last.
    private(set) var responses: [Digest] = []
    /// The response that is heard.
    var playing: Digest?
    var lastAudible: FeedTime?
    var cut: Cut?
    private(set) var interruptions: [Interruption] = []
    /// The utterance that nothing audible followed yet.
    var awaiting: Digest?
    var troubles = Troubles()
    var deadAir: DeadAir?
    /// Whether the sideband was reported closed, and nothing came over it since.
    var isControlChannelDown = false
    var twins = Twins()

    private static let rememberedTurns = 4
    private static let rememberedResponses = 4
    private static let rememberedInterruptions = 4

    /// Whether the times of a feed count.
    func counts(_ source: RealtimeEvent.Source?) -> Bool {
        source == .browser || !hasBrowserFeed
    }

    mutating func beginTurn(_ utterance: Digest) {
        guard !turns.contains(utterance) else { return }
        if turns.count >= Self.rememberedTurns { turns.removeFirst() }
        turns.append(utterance)
    }

    mutating func beginResponse(_ response: Digest) {
        if responses.count >= Self.rememberedResponses { responses.removeFirst() }
        responses.append(response)
    }

    /// The user's turn was none.
    mutating func dropTurn(_ utterance: Digest) {
        turns.removeAll { $0 == utterance }
    }

    /// Takes an interruption. Returns the one that had to go for it, if one had.
    mutating func append(_ interruption: Interruption) -> Interruption? {
        let removed =
            interruptions.count >= Self.rememberedInterruptions ? interruptions.removeFirst() : nil
        interruptions.append(interruption)
        return removed
    }

    /// Changes every interruption.
    mutating func changeInterruptions(_ change: (inout Interruption) -> Void) {
        for index in interruptions.indices { change(&interruptions[index]) }
    }

    /// Removes the interruption that an utterance is.
    mutating func removeInterruption(by utterance: Digest) -> Interruption? {
        interruptions.firstIndex { $0.utterance == utterance }.map { interruptions.remove(at: $0) }
    }

    mutating func removeInterruptions() -> [Interruption] {
        defer { interruptions = [] }
        return interruptions
    }
}
