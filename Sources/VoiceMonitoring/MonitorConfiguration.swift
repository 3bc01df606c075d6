/// What an operator decides about a monitor.
public struct MonitorConfiguration: Sendable {
    /// Sessions the voice server is meant to carry.
    public var sessionsLimit = 50
    /// How much is remembered.
    public var limits = MonitorLimits()
    /// The numbers and their thresholds.
    public var numbers = NumberTable()

    /// The defaults.
    public init() {}
}
