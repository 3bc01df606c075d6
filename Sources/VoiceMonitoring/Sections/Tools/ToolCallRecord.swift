/// One finished tool call (SPEC section 3, `ToolCallRecord`).
public struct ToolCallRecord: Codable, Sendable {
    /// The call.
    public let callID: String
    /// The tool, as the sender named it.
    public let toolName: String
    /// The session it belongs to.
    @Nullable public private(set) var session: String?
    /// When it began.
    public let startedAt: WallTime
    /// How long it ran, in milliseconds.
    public let durationMilliseconds: Double
    /// Whether it succeeded.
    public let success: Bool
    /// What went wrong.
    @Nullable public private(set) var error: String?
    /// How it ended.
    public let outcome: ToolOutcome
    /// How long it waited before it began, in milliseconds.
    @Nullable public private(set) var queueWaitMilliseconds: Double?
    /// The agent it delegated to.
    @Nullable public private(set) var agentName: String?
    /// The beginning of what the agent was told.
    @Nullable public private(set) var instructionPreview: String?

    init(_ finish: ToolCallFinish, _ open: LiveCall?, session: String?, agentName: String?, at end: WallTime) {
        callID = finish.call.callID
        toolName = open?.start.toolName ?? finish.call.toolName
        startedAt =
            open?.started
            ?? WallTime(nanoseconds: end.nanoseconds - Int64((finish.durationMilliseconds * 1e6).rounded()))
        durationMilliseconds = finish.durationMilliseconds
        success = finish.success
        outcome = finish.outcome
        self.session = open?.session ?? session
        error = finish.error
        queueWaitMilliseconds = open?.queueWait ?? finish.call.queueWaitMilliseconds
        self.agentName = agentName
        instructionPreview = open?.start.instructionPreview ?? finish.call.instructionPreview
    }

    enum CodingKeys: String, CodingKey {
        case success, error, outcome
        case queueWaitMilliseconds = "queue_wait_ms"
        case callID = "call_id"
        case toolName = "tool_name"
        case session = "session_id"
        case startedAt = "started_at"
        case durationMilliseconds = "duration_ms"
        case agentName = "agent_name"
        case instructionPreview = "instruction_preview"
    }
}
