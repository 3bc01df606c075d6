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
        let fresh = position.map { snapshot.feedPosition.errors - $0.errors }
        full = fresh.map { $0 >= errors.recentErrors.count } ?? true
        recentErrors = full ? errors.recentErrors : Array(errors.recentErrors.prefix(fresh ?? 0))
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
        let fresh = position.map { snapshot.feedPosition.toolCalls - $0.toolCalls }
        full = fresh.map { $0 >= tools.recentCalls.count } ?? true
        recentCalls = full ? tools.recentCalls : Array(tools.recentCalls.prefix(fresh ?? 0))
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
