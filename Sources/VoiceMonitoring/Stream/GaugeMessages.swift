/// How many sessions there are. What else the section says changes slowly; it is polled.
struct SessionsMessage: Encodable, Sendable {
    let activeCount: Int
    let connectingCount: Int
    let limit: Int
    let byState: [SessionState: Int]
    @Nullable private(set) var lastSessionStarted: WallTime?
    @Nullable private(set) var lastSessionEnded: WallTime?

    init(_ sessions: SessionMetrics) {
        activeCount = sessions.activeCount
        connectingCount = sessions.connectingCount
        limit = sessions.limit
        byState = sessions.byState
        lastSessionStarted = sessions.lastSessionStarted
        lastSessionEnded = sessions.lastSessionEnded
    }

    enum CodingKeys: String, CodingKey {
        case limit
        case activeCount = "active_count"
        case connectingCount = "connecting_count"
        case byState = "by_state"
        case lastSessionStarted = "last_session_started"
        case lastSessionEnded = "last_session_ended"
    }
}

/// The playback buffer.
struct BufferMessage: Encodable, Sendable {
    @Nullable private(set) var bufferLevelMilliseconds: Double?
    @Nullable private(set) var bufferHealth: BufferHealth?
    let bufferUnderruns: Int
    let bufferUnderrunsLastHour: Int

    init(_ audio: AudioQualityMetrics) {
        bufferUnderruns = audio.bufferUnderruns
        bufferUnderrunsLastHour = audio.bufferUnderrunsLastHour
        bufferLevelMilliseconds = audio.bufferLevelMilliseconds
        bufferHealth = audio.bufferHealth
    }

    enum CodingKeys: String, CodingKey {
        case bufferLevelMilliseconds = "buffer_level_ms"
        case bufferHealth = "buffer_health"
        case bufferUnderruns = "buffer_underruns"
        case bufferUnderrunsLastHour = "buffer_underruns_last_hour"
    }
}

/// The percentiles of the last five minutes. Trends and components change slowly; they are polled.
struct LatencyMessage: Encodable, Sendable {
    private(set) var ttfa: PercentileSet
    private(set) var turn: PercentileSet
    let status: [String: NumberStatus]

    init(_ latency: LatencyMetrics) {
        ttfa = latency.ttfa
        turn = latency.turn
        status = latency.status
    }

    /// The same without the times of its windows, which go on by themselves.
    var withoutWindows: LatencyMessage {
        var copy = self
        copy.ttfa = ttfa.withoutWindow
        copy.turn = turn.withoutWindow
        return copy
    }
}

/// The network's quality and the score that follows from it.
struct NetworkMessage: Encodable, Sendable {
    @Nullable private(set) var packetLossPercentage: Double?
    @Nullable private(set) var jitterMilliseconds: Double?
    @Nullable private(set) var roundTripMilliseconds: Double?
    @Nullable private(set) var codec: String?
    @Nullable private(set) var bitrateKilobits: Double?
    @Nullable private(set) var sampleRateHertz: Int?
    @Nullable private(set) var mosScore: Double?
    @Nullable private(set) var mosG107: Double?
    @Nullable private(set) var qualityRating: QualityRating?
    let status: [String: NumberStatus]

    init(_ audio: AudioQualityMetrics) {
        status = audio.status
        packetLossPercentage = audio.packetLossPercentage
        jitterMilliseconds = audio.jitterMilliseconds
        roundTripMilliseconds = audio.roundTripMilliseconds
        codec = audio.codec
        bitrateKilobits = audio.bitrateKilobits
        sampleRateHertz = audio.sampleRateHertz
        mosScore = audio.mosScore
        mosG107 = audio.mosG107
        qualityRating = audio.qualityRating
    }

    enum CodingKeys: String, CodingKey {
        case codec, status
        case packetLossPercentage = "packet_loss_pct"
        case jitterMilliseconds = "jitter_ms"
        case roundTripMilliseconds = "rtt_ms"
        case bitrateKilobits = "bitrate_kbps"
        case sampleRateHertz = "sample_rate_hz"
        case mosScore = "mos_score"
        case mosG107 = "mos_g107"
        case qualityRating = "quality_rating"
    }
}
