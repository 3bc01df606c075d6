import VoiceMonitoring

extension Simulation {
    mutating func beginCall(at now: Double) {
        callArrived()
        var call = SimulatedCall(&random, configuration.conditions, at: now)
        let session = call.session
        tell(.sessionConnecting, session: session, at: now)
        var connected = now
        for (metric, median) in Self.connectionSteps {
            let took = random.logNormal(median: median, spread: 0.3) + call.network.quality.delay
            connected += took
            tell(.latencySample(LatencySample(metric, milliseconds: took)), session: session, at: connected)
        }
        if call.isTroubled, random.happens(0.3) {
            failToConnect(call, at: connected)
            return
        }
        call.connected = connected
        tell(.sessionStarted, session: session, at: connected)
        tell(.sessionState(.active), session: session, at: connected)
        calls[session] = call
        introduce(session, at: connected)
        plan(.turn(session), at: connected + random.between(800...4_000))
        plan(.audio(session), at: connected + Self.audioInterval)
        plan(.heartbeat(session), at: connected + Self.heartbeatInterval)
    }

    private mutating func failToConnect(_ call: SimulatedCall, at now: Double) {
        report(.infrastructure, "webrtc_connect_failed", session: call.session, at: now)
        tell(
            .sessionEnded(SessionEnd(durationMilliseconds: now - call.begins, reason: "error", failed: true)),
            session: call.session, at: now)
        truth.ends["error", default: 0] += 1
        replaceCall(after: now)
    }

    mutating func endCall(_ session: String, at now: Double) {
        guard let call = calls[session] else { return }
        endSilence(of: session, at: now, isNoticed: call.end != .silence)
        calls[session] = nil
        if call.end == .failure { report(.infrastructure, "websocket_closed", session: session, at: now) }
        if let reason = call.end.reason {
            let end = SessionEnd(
                durationMilliseconds: now - call.connected, reason: reason, failed: call.end == .failure)
            tell(.sessionEnded(end), session: session, at: now)
        }
        truth.ends[call.end.counted, default: 0] += 1
        replaceCall(after: now)
    }

    mutating func reportAudio(of session: String, at now: Double) {
        guard let report = calls[session]?.network.report(&random) else { return }
        tell(.audioStats(report), session: session, at: now)
        plan(.audio(session), at: now + Self.audioInterval)
    }

    mutating func beat(_ session: String, at now: Double) {
        guard calls[session] != nil else { return }
        tell(.sessionHeartbeat, session: session, at: now)
        plan(.heartbeat(session), at: now + Self.heartbeatInterval)
    }

    /// Tells what a session is doing, where that is news.
    mutating func show(_ state: SessionState, of session: String, at milliseconds: Double) {
        guard let call = calls[session], call.state != state else { return }
        calls[session]?.state = state
        tell(.sessionState(state), session: session, at: milliseconds)
    }

    /// SPEC section 5: the client reports every 5 s.
    private static let audioInterval = 5_000.0
    private static let heartbeatInterval = 30_000.0
    /// The steps of a connection and their medians in milliseconds (SPEC section 2, "Display Component").
    private static let connectionSteps: [(LatencySample.Metric, Double)] = [
        (.sessionCreate, 120), (.sdpExchange, 150), (.webrtcConnect, 180),
    ]
}

extension SimulatedCall.End {
    /// What the client says, in Amplifier Voice's words; none where it says nothing.
    fileprivate var reason: String? {
        switch self {
        case .hangUp: "user_ended"
        case .failure: "network_error"
        case .expiry: "session_limit"
        case .silence: nil
        }
    }

    /// What it counts as.
    fileprivate var counted: String {
        switch self {
        case .expiry: "expired"
        case .silence: "lost"
        default: reason ?? ""
        }
    }
}
