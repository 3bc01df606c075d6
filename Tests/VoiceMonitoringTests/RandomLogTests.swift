import TestSupport
import Testing

@testable import VoiceMonitoring

/// Logs without rhyme or reason: nothing traps, nothing is below zero, and what began is what ended or lives.
@Suite struct RandomLogTests {
    @Test(arguments: 0..<100) func `a hundred random logs of a seed hold together`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let scene = Scene()
            for _ in 0..<Int.random(in: 1...60, using: &random) {
                scene.clock.advance(seconds: Double.random(in: 0...200, using: &random))
                if Int.random(in: 0..<20, using: &random) == 0 {
                    scene.clock.jumpWall(seconds: Double.random(in: -7200...7200, using: &random))
                }
                scene.monitor.record(event(&random, scene.clock.now.wall))
            }
            check(scene.snapshot)
        }
    }

    private func check(_ snapshot: MonitorSnapshot) {
        let state = snapshot.state
        #expect(state.sessions.byPhase.values.allSatisfy { $0 >= 0 })
        #expect(
            state.sessions.started.count
                == state.sessions.ended.count + state.sessions.byPhase.values.reduce(0, +))
        #expect(snapshot.sessions.peakConcurrent24h >= snapshot.sessions.activeCount)
        #expect((snapshot.sessions.minDurationMilliseconds ?? 0) >= 0)
        #expect((snapshot.latency.ttfa.min ?? 0) >= 0)
        #expect((snapshot.latency.turn.min ?? 0) >= 0)
        #expect(
            snapshot.tools.totalCalls >= snapshot.tools.successCount + snapshot.tools.failureCount
                + snapshot.tools.inProgress)
        #expect(snapshot.amplifier.activeTasks.allSatisfy { $0.elapsedMilliseconds >= 0 })
        #expect((snapshot.amplifier.sessionUptimeSeconds ?? 0) >= 0)
        #expect((snapshot.audio.packetLossPercentage ?? 0) >= 0)
        #expect(snapshot.audio.avgBySession.values.allSatisfy { ($0.durationMilliseconds ?? 0) >= 0 })
    }

    private func event(_ random: inout SeededGenerator, _ now: WallTime) -> VoiceEvent {
        func pick(_ names: String...) -> String { names[Int.random(in: 0..<names.count, using: &random)] }
        func number(_ bounds: ClosedRange<Double>) -> Double { Double.random(in: bounds, using: &random) }
        let session = pick("a", "b", "c")
        let id = pick("1", "2", "3")
        let at =
            Bool.random(using: &random)
            ? WallTime(nanoseconds: now.nanoseconds + Int64(number(-400...400) * 1e9)) : nil
        let call = ToolCallStart(callID: id, toolName: pick("bash", "task"), agentName: pick("x", "y"))
        let task = TaskStart(taskID: id, agentName: pick("x", "y"))
        let kind: VoiceEvent.Kind
        switch Int.random(in: 0..<18, using: &random) {
        case 0: kind = .sessionConnecting
        case 1: kind = .sessionStarted
        case 2: kind = .sessionHeartbeat
        case 3: kind = .sessionState(SessionState.allCases.randomElement(using: &random) ?? .idle)
        case 4: kind = .sessionEnded(SessionEnd(failed: Bool.random(using: &random)))
        case 5: kind = .latencySample(LatencySample(.ttfa, milliseconds: number(0...5000), turnID: id))
        case 6, 7, 8:
            let mark = TurnMark.Name.allCases.randomElement(using: &random) ?? .speechEndDetected
            let offset = Bool.random(using: &random) ? number(-1e6...1e6) : nil
            kind = .turnMark(TurnMark(mark, turnID: id, offsetMilliseconds: offset))
        case 9: kind = .toolStarted(call)
        case 10:
            kind = .toolFinished(
                ToolCallFinish(call, success: Bool.random(using: &random), durationMilliseconds: number(0...1e4)))
        case 11: kind = .error(ReportedError(category: .audio, code: pick("codec_error", "?"), message: "m"))
        case 12: kind = .taskQueued(task)
        case 13: kind = .taskStarted(task)
        case 14: kind = .taskProgress(TaskProgress(taskID: id, status: .completing, percentage: 50))
        case 15: kind = .taskFinished(TaskFinish(taskID: id, outcome: .failure))
        case 16:
            kind = .bridgeStatus(BridgeStatus(initialized: true, toolsCount: 1, health: .degraded, startedAt: at))
        default:
            var counters = AudioCounters()
            counters.packetsLost = number(-100...1000)
            counters.packetsReceived = number(0...10_000)
            kind = .audioStats(AudioReport(counters: counters))
        }
        return VoiceEvent(kind, session: session, at: at)
    }
}
