public import VoiceMonitoring

/// What a simulation plays.
public struct SimulationConfiguration: Sendable {
    /// How well the world works.
    public enum Conditions: String, CaseIterable, Sendable {
        /// As in life: mostly good networks, and a bridge that now and then degrades and recovers.
        case normal
        /// Bad networks everywhere, and a bridge that is unhealthy from the first report to the last.
        case bad
    }

    /// Decides every event: the same configuration gives the same log.
    public var seed: UInt64
    /// Calls at once.
    public var sessions: Int
    /// How well the world works.
    public var conditions = Conditions.normal
    /// Whether a call that ends is followed by another, without end. Otherwise the log ends with the last call.
    public var isEndless: Bool
    /// When the log begins, for what is told as a time of day.
    public var beginning: WallTime

    /// Creates a configuration under normal conditions.
    public init(seed: UInt64, sessions: Int, isEndless: Bool, beginning: WallTime) {
        self.seed = seed
        self.sessions = sessions
        self.isEndless = isEndless
        self.beginning = beginning
    }
}
