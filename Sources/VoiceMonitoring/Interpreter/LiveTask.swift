/// A task that waits or runs.
struct LiveTask: Codable, Sendable {
    /// What it is doing; none while it waits.
    var status: TaskStatus?
    var session: String?
    /// The agent's name as it was told.
    var agentName: String?
    /// Whether its agent was counted as spawned.
    var isSpawnCounted = false
    var instructionPreview: String?
    /// When it began to run, and how that is shown.
    var started: Moment?
    var shownStart: WallTime?
    var percentage: Double?
    var currentStep: String?

    /// Begins to run, unless it does already.
    mutating func run(at moment: Moment, shownAs time: WallTime) {
        guard status == nil else { return }
        status = .executing
        started = moment
        shownStart = time
    }
}
