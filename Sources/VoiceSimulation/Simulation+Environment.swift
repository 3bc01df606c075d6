import VoiceMonitoring

extension Simulation {
    mutating func reportBridge(at now: Double) {
        let startedAt = WallTime(nanoseconds: configuration.beginning.nanoseconds - Self.bridgeAge)
        tell(.bridgeStatus(bridge.status(at: now, startedAt: startedAt)), at: now)
        planAgain(.bridgeReport, at: now + Self.bridgeInterval)
    }

    mutating func changeBridge(at now: Double) {
        let spell = bridge.change(&random)
        planAgain(.bridgeChange, at: now + spell)
    }

    /// An error that belongs to no call, in the proportions of SPEC section 4, "Display Component".
    mutating func breakSomething(at now: Double) {
        let (category, code) = random.weighted(Self.outages)
        report(category, code, session: nil, at: now)
        planAgain(.outage, at: now + pauseBetweenOutages())
    }

    mutating func pauseBetweenOutages() -> Double {
        random.exponential(mean: 60_000 / Self.outagesPerMinute)
    }

    mutating func report(_ category: ErrorCategory, _ code: String, session: String?, at milliseconds: Double) {
        let error = ReportedError(category: category, code: code, message: SimulatedTexts.message(of: code))
        tell(.error(error), session: session, at: milliseconds)
        truth.fail(category, code)
    }

    /// SPEC section 6, "Refresh Interval", in milliseconds.
    private static let bridgeInterval = 15_000.0
    /// How long the bridge runs when the log begins, in nanoseconds (SPEC section 6: 4 h 32 min).
    private static let bridgeAge: Int64 = 16_320_000_000_000
    private static let outagesPerMinute = 2.4
    private static let outages: [((ErrorCategory, String), weight: Double)] = [
        ((.infrastructure, "network_timeout"), 3), ((.infrastructure, "webrtc_ice_timeout"), 1),
        ((.openaiAPI, "rate_limit_exceeded"), 12), ((.openaiAPI, "session_expired"), 4),
        ((.openaiAPI, "model_unavailable"), 2), ((.amplifier, "agent_spawn_failed"), 1),
        ((.audio, "buffer_underrun"), 1), ((.audio, "codec_error"), 1),
        ((.session, "invalid_state"), 1), ((.session, "cleanup_failed"), 1),
    ]
}
