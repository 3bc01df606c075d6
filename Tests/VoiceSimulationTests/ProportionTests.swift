import Testing
import VoiceMonitoring
import VoiceSimulation

@Suite struct ProportionTests {
    private static let log = Simulation.log(seed: 11, sessions: 400)

    @Test(arguments: [("task", 42.0), ("read_file", 8), ("bash", 4), ("grep", 2)])
    func `tools are used as often as in SPEC's drawing`(name: String, weight: Double) {
        let names = Self.log.compactMap { event -> String? in
            guard case .toolStarted(let call) = event.event.kind else { return nil }
            return call.toolName
        }
        expect(names, name, share: weight / 56)
    }

    @Test(arguments: [("modular-builder", 28.0), ("bug-hunter", 8), ("zen-architect", 4), ("security-guardian", 2)])
    func `agents are delegated to as often as in SPEC's drawing`(name: String, weight: Double) {
        let names = Self.log.compactMap { event -> String? in
            guard case .taskStarted(let task) = event.event.kind else { return nil }
            return task.agentName
        }
        expect(names, name, share: weight / 42)
    }

    @Test(arguments: [("rate_limit_exceeded", 0.67), ("session_expired", 0.22), ("model_unavailable", 0.11)])
    func `errors of the API have the shares of SPEC's drawing`(name: String, share: Double) {
        let codes = Self.log.compactMap { event -> String? in
            switch event.event.kind {
            case .error(let error): error.category == .openaiAPI ? error.code : nil
            case .realtime(let raw) where raw.source == .browser: raw.event.failure
            default: nil
            }
        }
        expect(codes, name, share: share)
    }

    @Test func `every category of errors happens, that of the API most`() {
        var counts: [ErrorCategory: Int] = [:]
        for event in Self.log {
            switch event.event.kind {
            case .error(let error): counts[error.category, default: 0] += 1
            case .realtime(let raw) where raw.source == .browser && raw.event.failure != nil:
                counts[.openaiAPI, default: 0] += 1
            default: break
            }
        }
        #expect(Set(counts.keys) == Set(ErrorCategory.allCases))
        #expect(counts.max { $0.value < $1.value }?.key == .openaiAPI)
    }

    @Test func `sessions end well, fail and vanish`() {
        var started = 0
        var well = 0
        var failed = 0
        for event in Self.log.map(\.event.kind) {
            switch event {
            case .sessionStarted: started += 1
            case .sessionEnded(let end): if end.failed { failed += 1 } else { well += 1 }
            default: break
            }
        }
        #expect(well > 350)
        #expect((5...40).contains(failed))
        #expect((2...20).contains(400 - well - failed))
        #expect(started >= 390)
    }

    @Test func `bad conditions cross SPEC's thresholds of audio and the bridge is never healthy`() {
        let log = Simulation.log(seed: 12, sessions: 10, .bad).map(\.event.kind)
        var jitters: [Double] = []
        var healths: Set<BridgeStatus.Health> = []
        for kind in log {
            switch kind {
            case .audioStats(let report): jitters.append(report.jitterMilliseconds ?? 0)
            case .bridgeStatus(let status): healths.insert(status.health)
            default: break
            }
        }
        #expect(jitters.reduce(0, +) / Double(jitters.count) > 50)
        #expect(healths == [.unhealthy])
    }

    /// The share of a name, within four standard deviations of its count.
    private func expect(_ names: [String], _ name: String, share: Double) {
        let count = Double(names.count { $0 == name })
        let expected = share * Double(names.count)
        let deviation = (expected * (1 - share)).squareRoot()
        #expect((count - expected).magnitude < 4 * deviation, "\(count) of \(names.count)")
    }
}

extension RealtimeServerEvent {
    /// The code of SPEC section 4 of a failure that a raw event tells.
    fileprivate var failure: String? {
        switch self {
        case .responseDone(let end): end.error?.code == "server_error" ? "model_unavailable" : end.error?.code
        case .error(let error): error.code == "session_expired" ? error.code : nil
        default: nil
        }
    }
}
