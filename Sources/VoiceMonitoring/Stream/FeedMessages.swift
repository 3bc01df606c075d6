/// The errors that are new, and what is known of all.
struct ErrorsMessage: Encodable, Sendable {
    /// Whether the list is all that is kept, so that it replaces what the client has.
    let full: Bool
    /// New errors that are not in the list.
    let omitted: Int
    let totalErrors: Int
    let totalErrorsPerMinute: Double
    @Nullable private(set) var sessionFailureRate: Double?
    /// Newest first.
    let recentErrors: [ErrorRecord]
    let status: [String: NumberStatus]

    init(_ snapshot: MonitorSnapshot, untold: Int?, limit: Int) {
        let errors = snapshot.errors
        let shown: [NumberID] = [.errorRate, .sessionFailureRate]
        let news = FeedNews(errors.recentErrors, untold: untold, limit: limit)
        full = news.full
        omitted = news.omitted
        recentErrors = news.records
        totalErrors = errors.totalErrors
        totalErrorsPerMinute = errors.totalErrorsPerMinute
        status = errors.status.filter { field, _ in shown.contains { $0.field == field } }
        sessionFailureRate = errors.sessionFailureRate
    }

    enum CodingKeys: String, CodingKey {
        case full, omitted, status
        case totalErrors = "total_errors"
        case totalErrorsPerMinute = "total_errors_per_minute"
        case sessionFailureRate = "session_failure_rate"
        case recentErrors = "recent_errors"
    }
}

/// The tool calls that ended since, and what is known of all.
struct ToolsMessage: Encodable, Sendable {
    /// Whether the list is all that is kept, so that it replaces what the client has.
    let full: Bool
    /// New calls that are not in the list.
    let omitted: Int
    let totalCalls: Int
    let callsLastHour: Int
    let callsPerMinute: Double
    let inProgress: Int
    /// Newest first.
    let recentCalls: [ToolCallRecord]

    init(_ snapshot: MonitorSnapshot, untold: Int?, limit: Int) {
        let tools = snapshot.tools
        let news = FeedNews(tools.recentCalls, untold: untold, limit: limit)
        full = news.full
        omitted = news.omitted
        recentCalls = news.records
        totalCalls = tools.totalCalls
        callsLastHour = tools.callsLastHour
        callsPerMinute = tools.callsPerMinute
        inProgress = tools.inProgress
    }

    enum CodingKeys: String, CodingKey {
        case full, omitted
        case totalCalls = "total_calls"
        case callsLastHour = "calls_last_hour"
        case callsPerMinute = "calls_per_minute"
        case inProgress = "in_progress"
        case recentCalls = "recent_calls"
    }
}

/// What of a feed a stream has not told yet.
private struct FeedNews<Record> {
    /// Whether it is all that is kept.
    let full: Bool
    /// How many new records the limit leaves out.
    let omitted: Int
    /// Newest first.
    let records: [Record]

    /// The newest records of all that are kept: as many as are untold, and no more than a limit. All of them where it
    /// is not known how many are untold, or where more are untold than are kept.
    init(_ kept: [Record], untold: Int?, limit: Int) {
        let fresh = untold.map { min($0, kept.count) } ?? kept.count
        records = Array(kept.prefix(min(fresh, limit)))
        full = untold.map { $0 > kept.count } ?? true && records.count == kept.count
        omitted = max(0, (untold ?? fresh) - records.count)
    }
}
