import PrometheusMetrics

/// The latency section in JSON (SPEC section 2, `LatencyMetrics`). All values are in milliseconds.
public struct LatencyMetrics: Encodable, Sendable {
    /// Time to first audio, last five minutes.
    public let ttfa: PercentileSet
    /// Full turn latency, last five minutes.
    public let turn: PercentileSet
    /// Setting up the WebRTC connection, last hour.
    public let webrtcConnect: PercentileSet
    /// Creating the session at OpenAI, last hour.
    public let sessionCreate: PercentileSet
    /// Exchanging the session descriptions, last hour.
    public let sdpExchange: PercentileSet
    /// Executing tools, last hour.
    public let toolExecution: PercentileSet
    /// Completing agent tasks, last hour.
    public let amplifierTask: PercentileSet
    /// Time to first audio in twelve slots of five minutes, oldest first.
    public let ttfaTrend: [PercentileSet]
    /// Full turn latency in twelve slots of five minutes, oldest first.
    public let turnTrend: [PercentileSet]
    /// What the components aim at: they have no thresholds.
    public let targets: [String: Double]
    /// Time to the answer itself, last five minutes: the first audio after the last tool result of the turn.
    public let timeToAnswer: PercentileSet
    /// Time to the end of the answer's playback, last five minutes.
    public let turnPlaybackEnd: PercentileSet
    /// The parts of the time to first audio, last hour.
    let ttfaParts: [TurnTimings.Part: PercentileSet]
    /// Responses of the last hour by how they ended; only whole ones count in the percentiles.
    public let responsesLastHour: [ResponseStatus: Int]
    /// Turns of the user that nothing audible followed.
    public let deadAir: DeadAirMetrics
    /// How late the messages of sidebands were handled, last hour.
    public let sidebandLag: PercentileSet
    /// The numbers with thresholds, by name.
    public let status: [String: NumberStatus]

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.latency
        let now = snapshot.now
        let hour = section.sdpExchange.lastHour
        ttfa = section.recentTTFA.percentiles(at: now)
        turn = section.recentTurn.percentiles(at: now)
        webrtcConnect = section.webrtcConnect.lastHour.percentiles(at: now)
        sessionCreate = section.sessionCreate.lastHour.percentiles(at: now)
        sdpExchange = section.sdpExchange.lastHour.percentiles(at: now)
        toolExecution = hour.percentiles(of: snapshot.state.tools.lastHour(at: now.monotonic).durations, at: now)
        amplifierTask = hour.percentiles(of: snapshot.state.amplifier.lastHour(at: now.monotonic).durations, at: now)
        ttfaTrend = section.ttfa.lastHour.trend(at: now)
        turnTrend = section.turn.lastHour.trend(at: now)
        targets = snapshot.configuration.numbers.targets(of: Self.components)
        timeToAnswer = section.timings.recentAnswer.percentiles(at: now)
        turnPlaybackEnd = section.timings.recentPlaybackEnd.percentiles(at: now)
        ttfaParts = section.timings.parts.mapValues { $0.lastHour.percentiles(at: now) }
        responsesLastHour = section.responses.byStatus.recent.merged(at: now.monotonic).all
        deadAir = DeadAirMetrics(snapshot)
        sidebandLag = section.sidebandLag.lastHour.percentiles(at: now)
        status = snapshot.status(of: .latency)
    }

    private static let components: [NumberID] = [
        .webrtcConnect, .sessionCreate, .sdpExchange, .toolExecution, .amplifierTask,
    ]

    enum CodingKeys: String, CodingKey {
        case ttfa, turn, targets, status
        case webrtcConnect = "webrtc_connect"
        case sessionCreate = "session_create"
        case sdpExchange = "sdp_exchange"
        case toolExecution = "tool_execution"
        case amplifierTask = "amplifier_task"
        case ttfaTrend = "ttfa_trend"
        case turnTrend = "turn_trend"
        case timeToAnswer = "time_to_answer"
        case turnPlaybackEnd = "turn_playback_end"
        case ttfaParts = "ttfa_parts"
        case responsesLastHour = "responses_last_hour"
        case deadAir = "dead_air"
        case sidebandLag = "sideband_lag"
    }
}
