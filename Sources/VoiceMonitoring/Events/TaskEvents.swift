/// What an active task is doing.
public enum TaskStatus: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// It is being set up.
    case initializing
    /// It runs.
    case executing
    /// It is coming to its end.
    case completing
}

/// A task waits or runs.
public struct TaskStart: Equatable, Sendable {
    /// The task.
    public var taskID: String
    /// The agent that runs it.
    public var agentName: String?
    /// The beginning of what the agent is told.
    public var instructionPreview: String?

    /// Creates the start of a task. The name and the preview are cut to their limits.
    public init(taskID: String, agentName: String? = nil, instructionPreview: String? = nil) {
        self.taskID = taskID
        self.agentName = agentName?.cut(toScalars: EventLimits.nameLength)
        self.instructionPreview = instructionPreview?.cut(toScalars: EventLimits.previewLength)
    }
}

/// How far a task is.
public struct TaskProgress: Equatable, Sendable {
    /// The task.
    public var taskID: String
    /// What it is doing.
    public var status: TaskStatus?
    /// How much of it is done, from 0 to 100.
    public var percentage: Double?
    /// The step it is at.
    public var currentStep: String?

    /// Creates a report of progress.
    public init(taskID: String, status: TaskStatus? = nil, percentage: Double? = nil, currentStep: String? = nil) {
        self.taskID = taskID
        self.status = status
        self.percentage = percentage
        self.currentStep = currentStep?.cut(toScalars: EventLimits.nameLength)
    }
}

/// A task ended.
public struct TaskFinish: Equatable, Sendable {
    /// How a task can end; the raw values are SPEC's `last_result`.
    public enum Outcome: String, Codable, Sendable {
        /// It did what it was told.
        case success
        /// It went wrong.
        case failure
        /// It took too long.
        case timeout
    }

    /// Why a task failed.
    public enum FailureReason: String, CaseIterable, Codable, Sendable {
        /// It went wrong.
        case error
        /// It took too long.
        case timeout
    }

    /// The task.
    public var taskID: String
    /// How it ended.
    public var outcome: Outcome
    /// How long it ran, in milliseconds; computed where it is not told.
    public var durationMilliseconds: Double?
    /// The agent that ran it.
    public var agentName: String?
    /// What went wrong.
    public var error: String?

    /// Creates the end of a task.
    public init(
        taskID: String, outcome: Outcome, durationMilliseconds: Double? = nil, agentName: String? = nil,
        error: String? = nil
    ) {
        self.taskID = taskID
        self.outcome = outcome
        self.durationMilliseconds = durationMilliseconds
        self.agentName = agentName?.cut(toScalars: EventLimits.nameLength)
        self.error = error?.cut(toBytes: EventLimits.messageSize)
    }
}

/// How the Amplifier bridge is.
public struct BridgeStatus: Codable, Equatable, Sendable {
    /// The health that the bridge reports.
    public enum Health: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// It works.
        case healthy
        /// It works in part.
        case degraded
        /// It does not work.
        case unhealthy
    }

    /// Whether the bridge is set up.
    public var initialized: Bool
    /// The tools it offers.
    public var toolsCount: Int
    /// Its health.
    public var health: Health
    /// Tasks that wait; where it is told, it wins over counting them.
    public var queueDepth: Int?
    /// When the bridge's session began.
    public var startedAt: WallTime?

    /// Creates a report.
    public init(
        initialized: Bool, toolsCount: Int, health: Health, queueDepth: Int? = nil, startedAt: WallTime? = nil
    ) {
        self.initialized = initialized
        self.toolsCount = toolsCount
        self.health = health
        self.queueDepth = queueDepth
        self.startedAt = startedAt
    }
}
