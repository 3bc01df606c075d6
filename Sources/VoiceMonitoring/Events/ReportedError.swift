/// The five categories of errors (SPEC section 4).
public enum ErrorCategory: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// Connection and transport.
    case infrastructure
    /// The OpenAI Realtime API.
    case openaiAPI = "openai_api"
    /// The Amplifier bridge.
    case amplifier
    /// Audio processing.
    case audio
    /// The life of sessions.
    case session

    /// The codes that SPEC section 4 defines for the category, and those that it misses.
    public var knownCodes: [String] {
        switch self {
        case .infrastructure:
            ["webrtc_connect_failed", "webrtc_ice_timeout", "websocket_closed", "network_timeout"]
        case .openaiAPI:
            [
                "rate_limit_exceeded", "auth_error", "model_unavailable", "session_expired", "invalid_response",
                "content_filtered", "output_truncated",
            ]
        case .amplifier:
            [
                "tool_not_found", "tool_execution_failed", "agent_spawn_failed", "session_not_initialized",
                "capability_missing",
            ]
        case .audio:
            [
                "codec_error", "buffer_underrun", "invalid_format", "vad_failure", "transcription_failed",
                "capture_failed", "playback_blocked",
            ]
        case .session:
            ["invalid_state", "cleanup_failed", "duplicate_session", "session_not_found"]
        }
    }
}

/// An error that somebody reports.
public struct ReportedError: Equatable, Sendable {
    /// The category.
    public var category: ErrorCategory
    /// What went wrong, as a word; one that the category does not define counts as `other`.
    public var code: String
    /// What went wrong, as a sentence.
    public var message: String
    /// Where it went wrong.
    public var stackTrace: String?
    /// What was going on.
    public var requestContext: JSONValue?

    /// Creates an error. Its texts are cut to their limits.
    public init(
        category: ErrorCategory, code: String, message: String, stackTrace: String? = nil,
        requestContext: JSONValue? = nil
    ) {
        self.category = category
        self.code = code.cut(toScalars: EventLimits.nameLength)
        self.message = message.cut(toBytes: EventLimits.messageSize)
        self.stackTrace = stackTrace?.cut(toBytes: EventLimits.messageSize)
        self.requestContext = requestContext
    }
}
