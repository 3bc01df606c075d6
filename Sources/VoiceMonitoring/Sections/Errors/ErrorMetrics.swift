/// The errors section in JSON (SPEC section 4, `ErrorMetrics`).
public struct ErrorMetrics: Encodable, Sendable {
    /// Errors per minute over the last five minutes.
    public let totalErrorsPerMinute: Double
    /// The share of the sessions that ended in the last hour and had an error, in percent.
    @Nullable public private(set) var sessionFailureRate: Double?
    /// Errors since the start.
    public let totalErrors: Int
    /// All five categories.
    public let byCategory: [ErrorCategory: CategoryErrorStats]
    /// Errors of the Realtime API in the last hour that did no harm; they are in no other number.
    let benignLastHour: [BenignError: Int]
    /// How far the account is from its rate limits; without those of which nobody told in the last ten minutes.
    public let rateLimits: [RealtimeRateLimit.Name: RateLimitMetrics]
    /// The last 50 errors, newest first.
    public let recentErrors: [ErrorRecord]
    /// The last hour in twelve slots of five minutes, oldest first.
    public let errorTrend: [ErrorTrendPoint]
    /// The numbers with thresholds, by name.
    public let status: [String: NumberStatus]

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.errors
        let now = snapshot.now
        let recent = section.lastFiveMinutes.merged(at: now.monotonic)
        let lastHour = section.lastHour.merged(at: now.monotonic)
        let status = snapshot.status(of: .errors)
        totalErrorsPerMinute = section.perMinute(recent.total)
        totalErrors = section.totals.values.reduce(0) { $0 + $1.count }
        byCategory = Dictionary(
            uniqueKeysWithValues: ErrorCategory.allCases.map { category in
                (
                    category,
                    CategoryErrorStats(
                        category, lastHour: lastHour, perMinute: section.perMinute(recent.total(of: category)),
                        status: status[NumberID.errorRate(of: category).field])
                )
            })
        benignLastHour = section.benign.recent.merged(at: now.monotonic).all
        rateLimits = section.rateLimits.valid(at: now.monotonic).mapValues { RateLimitMetrics($0) }
        recentErrors = section.recentErrors.newestFirst
        errorTrend = section.lastHour.trendPoints(at: now)
        self.status = status
        sessionFailureRate = section.endedSessions.merged(at: now.monotonic).failurePercentage
    }

    enum CodingKeys: String, CodingKey {
        case status
        case totalErrorsPerMinute = "total_errors_per_minute"
        case sessionFailureRate = "session_failure_rate"
        case totalErrors = "total_errors"
        case byCategory = "by_category"
        case benignLastHour = "benign_last_hour"
        case rateLimits = "rate_limits"
        case recentErrors = "recent_errors"
        case errorTrend = "error_trend"
    }
}

/// One category in JSON (SPEC section 4, `CategoryErrorStats`).
public struct CategoryErrorStats: Encodable, Sendable {
    /// The category.
    public let category: ErrorCategory
    /// Errors in the last hour.
    public let countLastHour: Int
    /// Errors per minute over the last five minutes.
    public let ratePerMinute: Double
    /// Errors in the last hour by code; codes that the category does not define are `other`.
    public let byCode: [String: Int]
    /// The rate above which the warning begins.
    @Nullable public private(set) var warningThreshold: Double?
    /// The rate above which it is critical.
    @Nullable public private(set) var criticalThreshold: Double?
    /// Where the rate stands.
    public let status: Status

    init(_ category: ErrorCategory, lastHour: ErrorsSection.Counts, perMinute: Double, status: NumberStatus?) {
        self.category = category
        countLastHour = lastHour.total(of: category)
        ratePerMinute = perMinute
        let codes = lastHour.byCode.filter { $0.key.category == category }
        byCode = Dictionary(uniqueKeysWithValues: codes.map { ($0.key.code, $0.value) })
        self.status = status?.status ?? .unknown
        warningThreshold = status?.warning
        criticalThreshold = status?.critical
    }

    enum CodingKeys: String, CodingKey {
        case category, status
        case countLastHour = "count_last_hour"
        case ratePerMinute = "rate_per_minute"
        case byCode = "by_code"
        case warningThreshold = "warning_threshold"
        case criticalThreshold = "critical_threshold"
    }
}

/// The errors of five minutes.
public struct ErrorTrendPoint: Encodable, Sendable {
    /// When the five minutes began.
    public let start: WallTime
    /// When they ended.
    public let end: WallTime
    /// All errors.
    public let total: Int
    /// Errors by category.
    public let byCategory: [ErrorCategory: Int]

    enum CodingKeys: String, CodingKey {
        case start, end, total
        case byCategory = "by_category"
    }
}

extension SlidingWindow<ErrorsSection.Counts> {
    fileprivate func trendPoints(at now: Timestamp) -> [ErrorTrendPoint] {
        trend(at: now) { counts, start, end in
            ErrorTrendPoint(
                start: start, end: end, total: counts.total,
                byCategory: Dictionary(
                    uniqueKeysWithValues: ErrorCategory.allCases.map { ($0, counts.total(of: $0)) }))
        }
    }
}
