/// What a connected session is doing.
public enum SessionState: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// The conversation is going on.
    case active
    /// Nobody speaks.
    case idle
    /// The assistant waits for a tool.
    case toolExecuting = "tool_executing"
}

/// What a sender says about the end of a session.
public struct SessionEnd: Equatable, Sendable {
    /// How long the session lasted, in milliseconds; computed where it is not told.
    public var durationMilliseconds: Double?
    /// Why it ended, in the sender's words.
    public var reason: String?
    /// Whether the session ended in failure, which counts as an error of that session.
    public var failed: Bool

    /// Creates the end of a session.
    public init(durationMilliseconds: Double? = nil, reason: String? = nil, failed: Bool = false) {
        self.durationMilliseconds = durationMilliseconds
        self.reason = reason?.cut(toScalars: EventLimits.nameLength)
        self.failed = failed
    }
}

/// Why a session ended, as it is counted.
public enum SessionEndReason: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// The user hung up.
    case userEnded = "user_ended"
    /// Nobody spoke for too long.
    case idleTimeout = "idle_timeout"
    /// It reached the limit that the API sets to every session.
    case expired
    /// The connection broke.
    case networkError = "network_error"
    /// Something else went wrong.
    case error
    /// Nothing was heard of it for the length of its lease.
    case lost
    /// Nobody said why.
    case unknown
    /// Somebody said why, in words that are not known here.
    case other

    /// What a sender says about an end.
    init(_ end: SessionEnd) {
        switch end.reason {
        case nil, "": self = end.failed ? .error : .unknown
        // Amplifier Voice's and the API's words for the same.
        case "session_limit", "session_expired": self = .expired
        case .some(let told): self = SessionEndReason(rawValue: told) ?? .other
        }
    }
}

/// Other ids that a session is known by: that of the call, or OpenAI's.
public struct SessionLink: Equatable, Sendable {
    /// The other ids; any of them addresses the session from now on.
    public var aliases: [String]

    /// Creates a link. At most eight other ids are taken.
    public init(aliases: [String]) {
        self.aliases = Array(aliases.prefix(EventLimits.aliases))
    }
}
