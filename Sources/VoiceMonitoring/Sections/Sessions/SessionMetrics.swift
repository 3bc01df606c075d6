import PrometheusMetrics

/// The sessions section in JSON (SPEC section 1, `SessionMetrics`). Durations are in milliseconds.
public struct SessionMetrics: Encodable, Sendable {
    /// Sessions that are connected.
    public let activeCount: Int
    /// Sessions that are being set up.
    public let connectingCount: Int
    /// Sessions the voice server is meant to carry.
    public let limit: Int
    /// Sessions that began since local midnight.
    public let totalToday: Int
    /// The most that were connected at once in the last 24 hours.
    public let peakConcurrent24h: Int
    /// The mean duration of the sessions that ended in the last 24 hours.
    @Nullable public private(set) var avgDurationMilliseconds: Double?
    /// Their median duration.
    @Nullable public private(set) var medianDurationMilliseconds: Double?
    /// Their shortest duration.
    @Nullable public private(set) var minDurationMilliseconds: Double?
    /// Their longest duration.
    @Nullable public private(set) var maxDurationMilliseconds: Double?
    /// The number of those durations.
    public let durationCount: Int
    /// Connected sessions by state.
    public let byState: [SessionState: Int]
    /// Sessions that ended in the last 24 hours, by reason.
    public let endReasons: [SessionEndReason: Int]
    /// Live sessions that told their model, by model; one that has no price is `other`.
    public let byModel: [String: Int]
    /// When the next live session reaches the limit that the API sets.
    @Nullable public private(set) var nextExpiryAt: WallTime?
    /// How many seconds are left until then.
    @Nullable public private(set) var nextExpirySeconds: Double?
    /// Tokens and money.
    public let usage: UsageMetrics
    /// When the last session began.
    @Nullable public private(set) var lastSessionStarted: WallTime?
    /// When the last session ended.
    @Nullable public private(set) var lastSessionEnded: WallTime?

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.sessions
        let durations = section.recentDurations.merged(at: snapshot.now.monotonic)
        activeCount = section.activeCount
        connectingCount = section.byPhase[.connecting] ?? 0
        limit = snapshot.configuration.sessionsLimit
        totalToday = section.startedPerDay.count(at: snapshot.now) - section.mergedPerDay.count(at: snapshot.now)
        peakConcurrent24h = section.peak.peak(at: snapshot.now.monotonic)
        durationCount = durations.count
        byState = Dictionary(
            uniqueKeysWithValues: SessionState.allCases.map { ($0, section.byPhase[SessionPhase($0)] ?? 0) })
        let identity = SessionIdentity(snapshot)
        endReasons = section.ends.recent.merged(at: snapshot.now.monotonic).all
        byModel = identity.byModel
        usage = UsageMetrics(snapshot)
        nextExpiryAt = identity.nextExpiry
        nextExpirySeconds = identity.nextExpiry.map { max(0, $0.milliseconds(since: snapshot.now.wall) / 1000) }
        avgDurationMilliseconds = durations.mean
        medianDurationMilliseconds = durations.percentile(50)
        minDurationMilliseconds = durations.min
        maxDurationMilliseconds = durations.max
        lastSessionStarted = section.lastStarted?.shown
        lastSessionEnded = section.lastEnded?.shown
    }

    enum CodingKeys: String, CodingKey {
        case activeCount = "active_count"
        case connectingCount = "connecting_count"
        case limit
        case totalToday = "total_today"
        case peakConcurrent24h = "peak_concurrent_24h"
        case avgDurationMilliseconds = "avg_duration_ms"
        case medianDurationMilliseconds = "median_duration_ms"
        case minDurationMilliseconds = "min_duration_ms"
        case maxDurationMilliseconds = "max_duration_ms"
        case durationCount = "duration_count"
        case byState = "by_state"
        case endReasons = "end_reasons"
        case byModel = "by_model"
        case nextExpiryAt = "next_expiry_at"
        case nextExpirySeconds = "next_expiry_seconds"
        case usage
        case lastSessionStarted = "last_session_started"
        case lastSessionEnded = "last_session_ended"
    }
}
