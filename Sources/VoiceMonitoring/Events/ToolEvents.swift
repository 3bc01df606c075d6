/// A tool call began.
public struct ToolCallStart: Codable, Equatable, Sendable {
    /// The call.
    public var callID: String
    /// The tool.
    public var toolName: String
    /// The agent that the call delegates to.
    public var agentName: String?
    /// The beginning of what the agent is told.
    public var instructionPreview: String?

    /// Creates the start of a call. Names and the preview are cut to their limits.
    public init(callID: String, toolName: String, agentName: String? = nil, instructionPreview: String? = nil) {
        self.callID = callID
        self.toolName = toolName.cut(toScalars: EventLimits.nameLength)
        self.agentName = agentName?.cut(toScalars: EventLimits.nameLength)
        self.instructionPreview = instructionPreview?.cut(toScalars: EventLimits.previewLength)
    }
}

/// A tool call ended.
public struct ToolCallFinish: Equatable, Sendable {
    /// The call, told again for senders that report no starts.
    public var call: ToolCallStart
    /// Whether it succeeded.
    public var success: Bool
    /// How long it ran, in milliseconds.
    public var durationMilliseconds: Double
    /// What went wrong.
    public var error: String?

    /// Creates the end of a call.
    public init(_ call: ToolCallStart, success: Bool, durationMilliseconds: Double, error: String? = nil) {
        self.call = call
        self.success = success
        self.durationMilliseconds = durationMilliseconds
        self.error = error?.cut(toBytes: EventLimits.messageSize)
    }
}
