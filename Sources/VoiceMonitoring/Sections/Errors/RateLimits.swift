import PrometheusMetrics

/// How far the account is from its rate limits, as the API said last. All sessions of an account share them.
struct RateLimits: Codable, Sendable {
    struct Reading: Codable, Sendable {
        var limit: RealtimeRateLimit
        var told: EventTime
        var received: MonotonicTime
    }

    /// How long a reading says something: after that much must have happened that nobody told.
    static let validity = Span.minutes(10)

    private var readings: [RealtimeRateLimit.Name: Reading] = [:]

    mutating func take(_ limits: [RealtimeRateLimit], at time: EventTime, _ now: MonotonicTime) {
        for limit in limits { readings[limit.name] = Reading(limit: limit, told: time, received: now) }
    }

    /// The readings that still say something.
    func valid(at now: MonotonicTime) -> [RealtimeRateLimit.Name: Reading] {
        readings.filter { $0.value.received.advanced(by: Self.validity) > now }
    }
}

extension RateLimits.Reading {
    /// When all of the limit is there again.
    var reset: WallTime? {
        limit.resetSeconds.map { WallTime(nanoseconds: told.shown.nanoseconds + Int64(($0 * 1e9).rounded())) }
    }
}

/// One rate limit in JSON.
public struct RateLimitMetrics: Encodable, Sendable {
    /// How much there may be.
    public let limit: Double
    /// How much of it is left.
    public let remaining: Double
    /// The share that is left, from 0 to 1; none for a limit of nothing.
    @Nullable public private(set) var headroomRatio: Double?
    /// When all of it is there again.
    @Nullable public private(set) var resetAt: WallTime?
    /// When the API said so.
    public let updatedAt: WallTime

    init(_ reading: RateLimits.Reading) {
        limit = reading.limit.limit
        remaining = reading.limit.remaining
        updatedAt = reading.told.shown
        headroomRatio = limit > 0 ? remaining / limit : nil
        resetAt = reading.reset
    }

    enum CodingKeys: String, CodingKey {
        case limit, remaining
        case headroomRatio = "headroom_ratio"
        case resetAt = "reset_at"
        case updatedAt = "updated_at"
    }
}

/// The label of the families of rate limits.
struct RateLimitLabel: LabelSet {
    static let labelNames = ["limit"]
    var name: RealtimeRateLimit.Name
    var labelValues: [String] { [name.rawValue] }
}

/// The metric families of rate limits. They have no series where nobody told in the last ten minutes.
struct RateLimitFamilies: SectionFamilies {
    let remaining = FamilyDescriptor<GaugeValue, RateLimitLabel>(
        "amplifier_voice_rate_limit_remaining", help: "What is left of a rate limit of the Realtime API.",
        labels: RateLimitLabel.self)
    let maximum = FamilyDescriptor<GaugeValue, RateLimitLabel>(
        "amplifier_voice_rate_limit_maximum", help: "A rate limit of the Realtime API.", labels: RateLimitLabel.self)
    let reset = FamilyDescriptor<GaugeValue, RateLimitLabel>(
        "amplifier_voice_rate_limit_reset_timestamp_seconds",
        help: "When all of a rate limit is there again, in Unix time.", labels: RateLimitLabel.self)

    var erased: [AnyFamilyDescriptor] { [remaining.erased, maximum.erased, reset.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let readings = snapshot.state.errors.rateLimits.valid(at: snapshot.now.monotonic)
        writer.write(remaining, children(readings) { $0.limit.remaining })
        writer.write(maximum, children(readings) { $0.limit.limit })
        writer.write(reset, children(readings) { $0.reset?.unixSeconds })
    }

    private func children(
        _ readings: [RealtimeRateLimit.Name: RateLimits.Reading], _ value: (RateLimits.Reading) -> Double?
    ) -> [RateLimitLabel: GaugeValue] {
        let children = readings.compactMap { name, reading in
            value(reading).map { (RateLimitLabel(name: name), GaugeValue($0)) }
        }
        return Dictionary(uniqueKeysWithValues: children)
    }
}
