/// One report of a session's audio. There may be thousands of sessions, so that readings are kept with half the digits.
public struct SessionAudioPoint: Codable, Sendable {
    /// When it was told.
    public let at: WallTime
    /// Packets lost, in percent.
    @Nullable public private(set) var packetLossPercentage: Float?
    /// Jitter in milliseconds.
    @Nullable public private(set) var jitterMilliseconds: Float?
    /// Round-trip time in milliseconds.
    @Nullable public private(set) var roundTripMilliseconds: Float?
    /// The mean opinion score by SPEC's formula.
    @Nullable public private(set) var mosScore: Float?

    init(_ measured: AudioMeasurement, _ scores: AudioScore, at time: WallTime) {
        at = time
        packetLossPercentage = measured.lossPercentage.map(Float.init)
        jitterMilliseconds = measured.report.jitterMilliseconds.map(Float.init)
        roundTripMilliseconds = measured.report.roundTripMilliseconds.map(Float.init)
        mosScore = scores.byModel[.spec].map(Float.init)
    }

    enum CodingKeys: String, CodingKey {
        case at
        case packetLossPercentage = "packet_loss_pct"
        case jitterMilliseconds = "jitter_ms"
        case roundTripMilliseconds = "rtt_ms"
        case mosScore = "mos_score"
    }
}
