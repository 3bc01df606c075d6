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
        plan(.turn(session), at: connected + random.between(800...4_000))
        plan(.audio(session), at: connected + Self.audioInterval)
        plan(.heartbeat(session), at: connected + Self.heartbeatInterval)
    }

    private mutating func failToConnect(_ call: SimulatedCall, at now: Double) {
        report(.infrastructure, "webrtc_connect_failed", session: call.session, at: now)
        tell(
            .sessionEnded(SessionEnd(durationMilliseconds: now - call.begins, reason: "connect_failed", failed: true)),
            session: call.session, at: now)
        replaceCall(after: now)
    }

    mutating func endCall(_ session: String, at now: Double) {
        guard let call = calls.removeValue(forKey: session) else { return }
        let duration = now - call.connected
        switch call.end {
        case .hangUp:
            let end = SessionEnd(durationMilliseconds: duration, reason: "client_hangup")
            tell(.sessionEnded(end), session: session, at: now)
        case .failure:
            report(.infrastructure, "websocket_closed", session: session, at: now)
            let end = SessionEnd(durationMilliseconds: duration, reason: "connection_lost", failed: true)
            tell(.sessionEnded(end), session: session, at: now)
        case .silence:
            break
        }
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
