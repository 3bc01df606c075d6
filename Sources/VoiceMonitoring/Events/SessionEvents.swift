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
