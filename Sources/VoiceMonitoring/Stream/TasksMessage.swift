/// The tasks that run and wait: all of them, or what is not as it was told.
struct TasksMessage: Encodable, Sendable {
    /// Whether the list is all tasks that are shown, so that it replaces what the client has.
    let full: Bool
    /// All tasks that run, or those that are new, longest first.
    let activeTasks: [ActiveTask]
    /// Tasks that are known and have come further; none in a full message.
    let changedTasks: [Change]?
    /// Ids of tasks that are known and run no more; none in a full message.
    let endedTasks: [String]?
    let activeCount: Int
    @Nullable private(set) var queueDepth: Int?
    /// Without what is as it was told.
    let status: [String: NumberStatus]

    /// How far a task is that the client knows.
    struct Change: Encodable, Sendable {
        let taskID: String
        let status: TaskStatus
        @Nullable private(set) var percentage: Double?
        @Nullable private(set) var currentStep: String?

        enum CodingKeys: String, CodingKey {
            case status
            case taskID = "task_id"
            case percentage = "progress_pct"
            case currentStep = "current_step"
        }

        fileprivate init(_ task: ActiveTask) {
            taskID = task.taskID
            status = task.status
            percentage = task.percentage
            currentStep = task.currentStep
        }
    }

    init(_ amplifier: AmplifierTaskMetrics, after told: ToldTasks?) {
        full = told == nil
        activeCount = amplifier.activeCount
        if let told {
            let known = Dictionary(uniqueKeysWithValues: told.tasks.map { ($0.taskID, $0) })
            let ids = Set(amplifier.activeTasks.map(\.taskID))
            activeTasks = amplifier.activeTasks.filter { task in
                known[task.taskID].map { task.isOther(than: $0) } ?? true
            }
            changedTasks = amplifier.activeTasks.filter { task in
                known[task.taskID].map { !task.isOther(than: $0) && task.isFurther(than: $0) } ?? false
            }.map(Change.init)
            endedTasks = told.tasks.map(\.taskID).filter { !ids.contains($0) }
            status = told.queueDepth == amplifier.queueDepth ? [:] : amplifier.status
        } else {
            activeTasks = amplifier.activeTasks
            changedTasks = nil
            endedTasks = nil
            status = amplifier.status
        }
        queueDepth = amplifier.queueDepth
    }

    enum CodingKeys: String, CodingKey {
        case full, status
        case activeTasks = "active_tasks"
        case changedTasks = "changed_tasks"
        case endedTasks = "ended_tasks"
        case activeCount = "active_count"
        case queueDepth = "queue_depth"
    }
}

/// The tasks that clients of a stream were told, for the changes since.
public struct ToldTasks: Sendable {
    fileprivate let tasks: [ActiveTask]
    fileprivate let queueDepth: Int?
}

/// What decides whether the tasks are as they were.
struct TasksEssence: Encodable, Sendable {
    private let tasks: [ActiveTask]
    private let activeCount: Int
    @Nullable private var queueDepth: Int?

    init(_ amplifier: AmplifierTaskMetrics) {
        tasks = amplifier.activeTasks.map(\.withoutElapsed)
        activeCount = amplifier.activeCount
        queueDepth = amplifier.queueDepth
    }
}

extension MonitorSnapshot {
    /// The tasks as a stream tells them now.
    public var toldTasks: ToldTasks {
        let amplifier = amplifier
        return ToldTasks(tasks: amplifier.activeTasks, queueDepth: amplifier.queueDepth)
    }
}

extension ActiveTask {
    /// Whether more than its progress is not as it was.
    fileprivate func isOther(than told: ActiveTask) -> Bool {
        session != told.session || agentName != told.agentName || instructionPreview != told.instructionPreview
            || startedAt != told.startedAt
    }

    /// Whether its progress is not as it was.
    fileprivate func isFurther(than told: ActiveTask) -> Bool {
        status != told.status || percentage != told.percentage || currentStep != told.currentStep
    }
}
