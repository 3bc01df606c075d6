/// One error (SPEC section 4, `ErrorRecord`).
public struct ErrorRecord: Codable, Sendable {
    /// The id of the event, or one made up.
    public let errorID: String
    /// When it happened.
    public let timestamp: WallTime
    /// The category.
    public let category: ErrorCategory
    /// The code, as the sender gave it.
    public let code: String
    /// What went wrong.
    public let message: String
    /// The session it belongs to.
    @Nullable public private(set) var session: String?
    /// Where it went wrong.
    @Nullable public private(set) var stackTrace: String?
    /// What was going on.
    @Nullable public private(set) var requestContext: JSONValue?

    init(_ error: ReportedError, id: String, session: String?, at time: WallTime) {
        errorID = id
        timestamp = time
        category = error.category
        code = error.code
        message = error.message
        self.session = session
        stackTrace = error.stackTrace
        requestContext = error.requestContext
    }

    enum CodingKeys: String, CodingKey {
        case timestamp, category, code, message
        case errorID = "error_id"
        case session = "session_id"
        case stackTrace = "stack_trace"
        case requestContext = "request_context"
    }
}
