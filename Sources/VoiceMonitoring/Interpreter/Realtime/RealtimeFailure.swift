/// Errors that a client may run into without harm.
enum BenignError: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    case activeResponse = "conversation_already_has_active_response"
    case cancelNotActive = "response_cancel_not_active"
    case emptyCommit = "input_audio_buffer_commit_empty"
}

/// Something that went wrong at the API, in SPEC's words.
struct RealtimeFailure: Sendable {
    var category: ErrorCategory
    /// One of the category's codes, or the API's own where none fits.
    var code: String
    /// Whether the account can make no calls at all until somebody acts.
    var isFatal = false
    /// What the API said.
    var error: RealtimeError
    /// Over what it was told; none for a failure that an id identifies.
    var source: TellingSource

    /// A failure of the API, by the table of what was observed in production.
    init(_ error: RealtimeError, toldBy source: TellingSource) {
        self.error = error
        self.source = source
        category = .openaiAPI
        switch error.code ?? error.type ?? "" {
        case "rate_limit_exceeded", "inference_rate_limit_exceeded":
            code = "rate_limit_exceeded"
        case "insufficient_quota", "invalid_api_key", "account_deactivated", "billing_hard_limit_reached":
            code = "auth_error"
            isFatal = true
        case "session_expired":
            code = "session_expired"
        case "model_not_found", "server_error":
            code = "model_unavailable"
        case _ where error.message?.contains("maximum duration of") == true:
            // The limit of 60 minutes is told with a general code.
            code = "session_expired"
        case let unknown:
            code = unknown.isEmpty ? BoundedNames.other : unknown
        }
    }

    /// A response that stopped early. None for a reason that is not known here.
    init?(incomplete reason: String?, toldBy source: TellingSource) {
        switch reason {
        case "content_filter": code = "content_filtered"
        case "max_output_tokens": code = "output_truncated"
        default: return nil
        }
        category = .openaiAPI
        error = RealtimeError(message: "The response is incomplete: \(reason ?? code).")
        self.source = source
    }

    /// A transcription that failed.
    init(transcription error: RealtimeError, toldBy source: TellingSource) {
        category = .audio
        code = "transcription_failed"
        self.error = error
        self.source = source
    }

    var report: ReportedError {
        var context: [String: JSONValue] = [:]
        if let code = error.code { context["openai_code"] = .string(code) }
        if let type = error.type { context["openai_type"] = .string(type) }
        if isFatal { context["fatal"] = .bool(true) }
        return ReportedError(
            category: category, code: code, message: error.message ?? "The Realtime API gave no message.",
            requestContext: context.isEmpty ? nil : .object(context))
    }
}
