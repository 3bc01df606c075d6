/// Decides when what goes out to streams: topics that are due at a tick, news of topics at once. A state machine with
/// the time and how much news there was in, and what to do out.
struct StreamSchedule {
    /// What is to be sent.
    enum Step: Equatable {
        /// A second is over: the number of the tick.
        case tick(Int)
        /// There is news, and the next tick is not yet.
        case news
        /// Nothing.
        case rest
    }

    /// How long news waits for more of it, so that a burst is one push.
    static let coalescing = Duration.milliseconds(50)
    private static let second = Duration.seconds(1)

    private var ticks = 0
    private var nextTick: ContinuousClock.Instant
    private var toldNews = 0

    init(start: ContinuousClock.Instant) {
        nextTick = start.advanced(by: Self.second)
    }

    /// What is to be done now. What a tick or a push tells is no news any more.
    mutating func step(at now: ContinuousClock.Instant, newsCount: Int) -> Step {
        defer { toldNews = newsCount }
        guard now >= nextTick else { return newsCount == toldNews ? .rest : .news }
        ticks += 1
        nextTick = nextTick.advanced(by: Self.second)
        // Whoever was held up for long does not make up for every second.
        if nextTick <= now { nextTick = now.advanced(by: Self.second) }
        return .tick(ticks)
    }

    /// When to come back. Where nobody listens there is no hurry for news.
    func wakeUp(after now: ContinuousClock.Instant, hasListeners: Bool) -> ContinuousClock.Instant {
        hasListeners ? min(nextTick, now.advanced(by: Self.coalescing)) : nextTick
    }
}
