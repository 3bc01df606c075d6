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
    /// How long the call waited before it began, in milliseconds; computed where its request was told.
    public var queueWaitMilliseconds: Double?

    /// Creates the start of a call. Names and the preview are cut to their limits.
    public init(
        callID: String, toolName: String, agentName: String? = nil, instructionPreview: String? = nil,
        queueWaitMilliseconds: Double? = nil
    ) {
        self.callID = callID
        self.toolName = toolName.cut(toScalars: EventLimits.nameLength)
        self.agentName = agentName?.cut(toScalars: EventLimits.nameLength)
        self.instructionPreview = instructionPreview?.cut(toScalars: EventLimits.previewLength)
        self.queueWaitMilliseconds = queueWaitMilliseconds
    }
}

/// How a tool call can end.
public enum ToolOutcome: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// It did what it was told.
    case success
    /// It went wrong.
    case failed
    /// It took too long.
    case timeout
    /// It was called off.
    case cancelled
    /// There is no such tool.
    case unknownTool = "unknown_tool"
    /// Its arguments could not be used.
    case badArguments = "bad_arguments"
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
    /// How it ended; `success` or `failed` where the sender says no more.
    public var outcome: ToolOutcome

    /// Creates the end of a call.
    public init(
        _ call: ToolCallStart, success: Bool, durationMilliseconds: Double, error: String? = nil,
        outcome: ToolOutcome? = nil
    ) {
        self.call = call
        self.success = success
        self.durationMilliseconds = durationMilliseconds
        self.error = error?.cut(toBytes: EventLimits.messageSize)
        self.outcome = outcome ?? (success ? .success : .failed)
    }
}
