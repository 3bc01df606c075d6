/// The errors that are new, and what is known of all.
struct ErrorsMessage: Encodable, Sendable {
    /// Whether the list is all that is kept, so that it replaces what the client has.
    let full: Bool
    let totalErrors: Int
    let totalErrorsPerMinute: Double
    @Nullable private(set) var sessionFailureRate: Double?
    /// Newest first.
    let recentErrors: [ErrorRecord]
    let status: [String: NumberStatus]

    init(_ snapshot: MonitorSnapshot, since position: FeedPosition?) {
        let errors = snapshot.errors
        let shown: [NumberID] = [.errorRate, .sessionFailureRate]
        let news = FeedNews(errors.recentErrors, count: position.map { snapshot.feedPosition.errors - $0.errors })
        full = news.full
        recentErrors = news.records
        totalErrors = errors.totalErrors
        totalErrorsPerMinute = errors.totalErrorsPerMinute
        status = errors.status.filter { field, _ in shown.contains { $0.field == field } }
        sessionFailureRate = errors.sessionFailureRate
    }

    enum CodingKeys: String, CodingKey {
        case full, status
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
    let totalCalls: Int
    let callsLastHour: Int
    let callsPerMinute: Double
    let inProgress: Int
    /// Newest first.
    let recentCalls: [ToolCallRecord]

    init(_ snapshot: MonitorSnapshot, since position: FeedPosition?) {
        let tools = snapshot.tools
        let news = FeedNews(tools.recentCalls, count: position.map { snapshot.feedPosition.toolCalls - $0.toolCalls })
        full = news.full
        recentCalls = news.records
        totalCalls = tools.totalCalls
        callsLastHour = tools.callsLastHour
        callsPerMinute = tools.callsPerMinute
        inProgress = tools.inProgress
    }

    enum CodingKeys: String, CodingKey {
        case full
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
    /// Newest first.
    let records: [Record]

    /// The newest records of all that are kept, so many; all where no count is known or fewer are kept.
    init(_ kept: [Record], count: Int?) {
        full = count.map { $0 >= kept.count } ?? true
        records = full ? kept : Array(kept.prefix(count ?? 0))
    }
}
