import PrometheusMetrics

/// The audio section in JSON (SPEC section 5, `AudioQualityMetrics`), over the last five minutes where nothing else is
/// said.
public struct AudioQualityMetrics: Encodable, Sendable {
    /// Packets lost, in percent.
    @Nullable public private(set) var packetLossPercentage: Double?
    /// Jitter in milliseconds.
    @Nullable public private(set) var jitterMilliseconds: Double?
    /// Round-trip time in milliseconds.
    @Nullable public private(set) var roundTripMilliseconds: Double?
    /// The codec that was reported last.
    @Nullable public private(set) var codec: String?
    /// The bitrate in kbit/s.
    @Nullable public private(set) var bitrateKilobits: Double?
    /// The sample rate that was reported last, in Hz.
    @Nullable public private(set) var sampleRateHertz: Int?
    /// The mean opinion score by SPEC's formula.
    @Nullable public private(set) var mosScore: Double?
    /// The mean opinion score by the E-model of ITU-T G.107.
    @Nullable public private(set) var mosG107: Double?
    /// The word for `mos_score`.
    @Nullable public private(set) var qualityRating: QualityRating?
    /// Activations of the voice activity detection since the start.
    public let vadTriggeredCount: Int
    /// Those that were none of the user's speech.
    public let falsePositiveInterrupts: Int
    /// Times that playback ran out of audio, since the start.
    public let bufferUnderruns: Int
    /// Times that playback ran out of audio, in the last hour.
    public let bufferUnderrunsLastHour: Int
    /// The depth of the playback buffer in milliseconds.
    @Nullable public private(set) var bufferLevelMilliseconds: Double?
    /// Packets lost on the way from the client, in percent, the mean of the reports.
    @Nullable public private(set) var uplinkLossPercentage: Double?
    /// Jitter on the way from the client, in milliseconds.
    @Nullable public private(set) var uplinkJitterMilliseconds: Double?
    /// The word for `buffer_level_ms`.
    @Nullable public private(set) var bufferHealth: BufferHealth?
    /// How the assistant was interrupted.
    public let interruptions: InterruptionMetrics
    /// The live sessions that reported last, over their whole life.
    public let avgBySession: [String: SessionAudioStats]
    /// The numbers with thresholds, by name.
    public let status: [String: NumberStatus]

    /// How many sessions are shown at most.
    static let shownSessions = 100

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.audio
        let now = snapshot.now.monotonic
        let recent = section.recent.merged(at: now)
        vadTriggeredCount = section.totals.vadActivations.count
        falsePositiveInterrupts = section.totals.vadFalsePositives.count
        bufferUnderruns = section.totals.underruns.count
        bufferUnderrunsLastHour = section.underrunsLastHour.merged(at: now).count
        interruptions = InterruptionMetrics(snapshot)
        let shown = section.sessions.newestFirst.prefix(Self.shownSessions)
        avgBySession = Dictionary(
            uniqueKeysWithValues: shown.map { ($0.key, SessionAudioStats($0.key, $0.value, snapshot)) })
        status = snapshot.status(of: .audio)
        packetLossPercentage = recent.lossPercentage
        jitterMilliseconds = recent.jitter.value
        roundTripMilliseconds = recent.roundTrip.value
        codec = section.codec
        bitrateKilobits = recent.bitrate.value
        sampleRateHertz = section.sampleRateHertz
        mosScore = recent.scores[.spec]?.value
        mosG107 = recent.scores[.g107]?.value
        qualityRating = mosScore.map(QualityRating.init)
        bufferLevelMilliseconds = recent.bufferLevel.value
        uplinkLossPercentage = recent.uplinkLoss.value
        uplinkJitterMilliseconds = recent.uplinkJitter.value
        bufferHealth = bufferLevelMilliseconds.map { BufferHealth(level: $0, jitter: jitterMilliseconds) }
    }

    enum CodingKeys: String, CodingKey {
        case codec, status, interruptions
        case packetLossPercentage = "packet_loss_pct"
        case jitterMilliseconds = "jitter_ms"
        case roundTripMilliseconds = "rtt_ms"
        case bitrateKilobits = "bitrate_kbps"
        case sampleRateHertz = "sample_rate_hz"
        case mosScore = "mos_score"
        case mosG107 = "mos_g107"
        case qualityRating = "quality_rating"
        case vadTriggeredCount = "vad_triggered_count"
        case falsePositiveInterrupts = "false_positive_interrupts"
        case bufferUnderruns = "buffer_underruns"
        case bufferUnderrunsLastHour = "buffer_underruns_last_hour"
        case bufferLevelMilliseconds = "buffer_level_ms"
        case bufferHealth = "buffer_health"
        case uplinkLossPercentage = "uplink_packet_loss_pct"
        case uplinkJitterMilliseconds = "uplink_jitter_ms"
        case avgBySession = "avg_by_session"
    }
}

/// The audio of one session over its whole life (SPEC section 5, `SessionAudioStats`).
public struct SessionAudioStats: Encodable, Sendable {
    /// The session.
    public let session: String
    /// How long it lasts so far, in milliseconds; none while it has not connected.
    @Nullable public private(set) var durationMilliseconds: Double?
    /// Packets lost, in percent.
    @Nullable public private(set) var avgPacketLossPercentage: Double?
    /// Jitter in milliseconds.
    @Nullable public private(set) var avgJitterMilliseconds: Double?
    /// Round-trip time in milliseconds.
    @Nullable public private(set) var avgRoundTripMilliseconds: Double?
    /// The mean opinion score by SPEC's formula.
    @Nullable public private(set) var avgMOS: Double?
    /// Times that playback ran out of audio.
    public let totalUnderruns: Int
    /// Audio that dropped out, in milliseconds.
    public let totalDropoutsMilliseconds: Double

    init(_ id: String, _ session: AudioSection.Session, _ snapshot: MonitorSnapshot) {
        self.session = id
        totalUnderruns = Int(session.underruns)
        totalDropoutsMilliseconds = session.dropouts
        durationMilliseconds = snapshot.duration(ofSession: id)
        avgPacketLossPercentage = session.tally.lossPercentage
        avgJitterMilliseconds = session.tally.jitter.value
        avgRoundTripMilliseconds = session.tally.roundTrip.value
        avgMOS = session.tally.scores[.spec]?.value
    }

    enum CodingKeys: String, CodingKey {
        case session = "session_id"
        case durationMilliseconds = "duration_ms"
        case avgPacketLossPercentage = "avg_packet_loss_pct"
        case avgJitterMilliseconds = "avg_jitter_ms"
        case avgRoundTripMilliseconds = "avg_rtt_ms"
        case avgMOS = "avg_mos"
        case totalUnderruns = "total_underruns"
        case totalDropoutsMilliseconds = "total_dropouts_ms"
    }
}
