public import VoiceMonitoring

/// One event of a simulated log and when it happens.
public struct SimulatedEvent: Equatable, Sendable {
    /// Milliseconds since the log begins.
    public let milliseconds: Double
    /// What happens.
    public let event: VoiceEvent
}
