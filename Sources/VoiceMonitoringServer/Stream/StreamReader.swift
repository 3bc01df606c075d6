import VoiceMonitoring

/// What one client was given so far, and what it needs next: a value that the broadcaster asks.
struct StreamReader {
    let selection: StreamSelection
    /// When its stream ends, so that no connection lives for ever.
    let end: ContinuousClock.Instant
    /// The edition of each topic that it was given.
    private var editions: [StreamTopic: Int] = [:]
    /// How far it was told the feeds.
    private var told: StreamPosition
    /// The feeds of which a push left records out.
    private var gaps: Set<StreamFeed> = []

    /// What of a feed or of tasks a frame has to tell.
    struct Need: Equatable {
        /// The records that were told, or the edition of the tasks; nothing where all that is kept is needed.
        var told: Int?
        var limit = Int.max
    }

    /// The most records of a feed in one push; a tick makes up for the rest.
    static let pushLimit = 20

    init(_ selection: StreamSelection, told: StreamPosition, end: ContinuousClock.Instant) {
        self.selection = selection
        self.told = told
        self.end = end
    }

    /// What it needs of a topic whose current edition this is; nothing where it has it. Feeds end at `end`.
    mutating func need(_ topic: StreamTopic, edition: Int, end: Int?, isPush: Bool, isRefresh: Bool) -> Need? {
        guard selection.takes(.topic(topic)) else { return nil }
        let feed = StreamFeed(.topic(topic))
        let hasGap = !isPush && feed.map(gaps.contains) ?? false
        let before = editions.updateValue(edition, forKey: topic)
        guard before != edition || isRefresh || hasGap else { return nil }
        guard let feed, let end else { return Need(told: topic == .tasks && !isRefresh ? before : nil) }
        defer { told[feed] = end }
        if hasGap {
            gaps.remove(feed)
            return Need(told: nil)
        }
        if isPush, end - told[feed] > Self.pushLimit { gaps.insert(feed) }
        return Need(told: told[feed], limit: isPush ? Self.pushLimit : .max)
    }

    /// What it needs of the alerts, whose end this is; nothing where it has them.
    mutating func needOfAlerts(end: Int) -> Need? {
        guard selection.takes(.alert), told[.alerts] < end else { return nil }
        defer { told[.alerts] = end }
        return Need(told: told[.alerts])
    }
}
