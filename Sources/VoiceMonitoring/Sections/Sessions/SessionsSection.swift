import PrometheusMetrics

/// How many sessions there are, in which phase, and how long they last (SPEC section 1).
struct SessionsSection: Codable, Sendable {
    private(set) var byPhase: [SessionPhase: Int] = [:]
    private(set) var started = CounterValue()
    private(set) var startedPerDay = DailyCount()
    private(set) var ended = CounterValue()
    private(set) var failed = CounterValue()
    private(set) var lost = CounterValue()
    private(set) var merged = CounterValue()
    private(set) var mergedPerDay = DailyCount()
    private(set) var ends = CountedByKey<SessionEndReason>(.lastDay)
    private(set) var usage = UsageTally()
    private(set) var lastStarted: EventTime?
    private(set) var lastEnded: EventTime?
    private(set) var peak = PeakWindow()
    /// Milliseconds, of the last 24 hours.
    private(set) var recentDurations = SlidingWindow<ExponentialHistogram>.lastDay
    /// Seconds, since the start.
    private(set) var durations = HistogramValue(.native(beside: SessionsFamilies.durationBuckets))

    /// Sessions that are connected.
    var activeCount: Int {
        byPhase.reduce(0) { $0 + ($1.key.isConnected ? $1.value : 0) }
    }

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        switch fact.kind {
        case .sessionOpened(let phase):
            byPhase[phase, default: 0] += 1
            started.increment()
            startedPerDay.increment(at: now)
            lastStarted = .latest(lastStarted, fact.time)
        case .sessionChanged(let from, let to):
            byPhase[from, default: 0] -= 1
            byPhase[to, default: 0] += 1
        case .sessionEnded(let session):
            byPhase[session.phase, default: 0] -= 1
            end(session, at: fact.time, now)
        case .sessionMerged(let session):
            byPhase[session.phase, default: 0] -= 1
            merged.increment()
            mergedPerDay.increment(at: now)
        case .usage(let usage):
            self.usage.take(usage, at: now.monotonic)
            return
        default:
            return
        }
        peak.change(to: activeCount, at: now.monotonic)
    }

    private mutating func end(_ session: EndedSession, at time: EventTime, _ now: Timestamp) {
        ended.increment()
        if session.failed { failed.increment() }
        if session.lost { lost.increment() }
        ends.count(session.reason, at: now.monotonic)
        usage.take(session, at: now.monotonic)
        lastEnded = .latest(lastEnded, time)
        if let milliseconds = session.milliseconds {
            recentDurations.update(at: now.monotonic) { $0.observe(milliseconds) }
            durations.observe(milliseconds / 1000)
        }
    }
}
