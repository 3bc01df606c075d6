/// What an operator decides about a monitor.
public struct MonitorConfiguration: Sendable {
    /// Sessions the voice server is meant to carry.
    public var sessionsLimit = 50
    /// Tools whose names always have a place as label values; SPEC's come first, then
    /// those with which Amplifier Voice delegates.
    public var toolNames = ["task", "read_file", "bash", "grep", "delegate", "dispatch"]
    /// Agents whose names always have a place as label values; SPEC's come first.
    public var agentNames = ["modular-builder", "bug-hunter", "zen-architect", "security-guardian"]
    /// How long nothing audible may follow the user's turn before it is dead air; SPEC's critical P99 of time to first
    /// audio.
    public var deadAirAfter = Span.seconds(4)
    /// What models cost.
    public var prices = PriceTable.bundled
    /// What is kept of what people and programs say.
    public var privacy = Privacy()
    /// How much is remembered.
    public var limits = MonitorLimits()
    /// The numbers and their thresholds.
    public var numbers = NumberTable()

    /// The defaults.
    public init() {}
}
