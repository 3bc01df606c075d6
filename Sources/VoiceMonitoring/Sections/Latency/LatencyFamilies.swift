import PrometheusMetrics

/// The label of an exemplar: the turn that a latency belongs to.
struct TurnLabel: LabelSet {
    static let labelNames = ["turn_id"]
    var turnID: String
    var labelValues: [String] { [turnID] }
}

/// The metric families of the latency section. Every threshold of SPEC section 2 is a bucket bound.
struct LatencyFamilies: SectionFamilies {
    /// Seconds.
    static let timeToFirstAudioBuckets: Buckets = [
        0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 10,
    ]
    /// Seconds.
    static let turnBuckets: Buckets = [0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8.5, 10, 15, 30]
    /// Seconds.
    static let connectionBuckets: Buckets = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10]
    /// Seconds. The last bounds are those of keep-alives, after which a connection that is not read breaks.
    static let sidebandLagBuckets: Buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 40]

    let timeToFirstAudio = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_time_to_first_audio_seconds",
        help: "Time from the end of the user's speech to the beginning of playback.")
    let turn = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_turn_duration_seconds",
        help: "Time from the end of the user's speech to the complete response.")
    let webrtcConnect = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_webrtc_connect_duration_seconds", help: "Time to set up the WebRTC connection.")
    let sessionCreate = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_session_create_duration_seconds", help: "Time to create the session at OpenAI.")
    let sdpExchange = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_sdp_exchange_duration_seconds", help: "Time to exchange the session descriptions.")
    let sidebandLag = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_sideband_lag_seconds",
        help: "Time that a sideband's messages waited for their handler, the longest of each second.")

    var erased: [AnyFamilyDescriptor] {
        [
            timeToFirstAudio.erased, turn.erased, webrtcConnect.erased, sessionCreate.erased, sdpExchange.erased,
            sidebandLag.erased,
        ]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.latency
        writer.write(timeToFirstAudio, section.ttfa.total)
        writer.write(turn, section.turn.total)
        writer.write(webrtcConnect, section.webrtcConnect.total)
        writer.write(sessionCreate, section.sessionCreate.total)
        writer.write(sdpExchange, section.sdpExchange.total)
        writer.write(sidebandLag, section.sidebandLag.total)
    }
}
