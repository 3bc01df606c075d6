import Testing

@testable import VoiceMonitoring

/// What explicit events and raw ones both tell counts once.
@Suite struct ExplicitAndRawTests {
    private let scene = Scene()

    private func mark(_ name: TurnMark.Name, turn: String, offset: Double) {
        scene.tell(.turnMark(TurnMark(name, turnID: turn, offsetMilliseconds: offset)), session: "call")
    }

    private func latencies() -> [Double?] {
        let latency = scene.snapshot.latency
        return [Double(latency.ttfa.count), latency.ttfa.max, Double(latency.turn.count), latency.turn.max]
    }

    @Test func `a latency that was told by the raw id of the turn stands`() throws {
        let sample = LatencySample(.ttfa, milliseconds: 777, turnID: "u1")
        scene.tell(.latencySample(sample), session: "call")
        try scene.play(Scripts.normal)
        #expect(latencies() == [1, 777, 1, 1500])
    }

    @Test func `a latency that is told after the raw events is a duplicate`() throws {
        try scene.play(Scripts.normal)
        for turnID in ["u1", "turn-1"] {
            let sample = LatencySample(.ttfa, milliseconds: 777, turnID: turnID)
            #expect(scene.tell(.latencySample(sample), session: "call") == .duplicate)
        }
        #expect(latencies() == [1, 900, 1, 1500])
        #expect(scene.snapshot.slowestTurns.turns.map(\.turnID) == ["u1"])
    }

    @Test func `marks under another id and raw events of the same turn are one turn`() throws {
        try scene.play(#"b 0 {"type":"session.created","session":{}}"#)
        mark(.speechEndDetected, turn: "turn-1", offset: 0)
        mark(.audioPlaybackStart, turn: "turn-1", offset: 950)
        try scene.play(Scripts.normal)
        mark(.responseComplete, turn: "turn-1", offset: 1600)
        #expect(latencies() == [1, 950, 1, 1500])
    }

    @Test func `marks and raw events of another turn are another turn`() throws {
        try scene.play(Scripts.normal, thenWait: 30)
        mark(.speechEndDetected, turn: "turn-2", offset: 0)
        mark(.audioPlaybackStart, turn: "turn-2", offset: 950)
        #expect(latencies() == [2, 950, 1, 1500])
    }

    @Test func `another session's latency is another`() throws {
        try scene.play(Scripts.normal)
        #expect(
            scene.tell(.latencySample(LatencySample(.ttfa, milliseconds: 777, turnID: "u1")), session: "b") == .accepted
        )
        #expect(scene.tell(.latencySample(LatencySample(.ttfa, milliseconds: 777))) == .accepted)
        #expect(scene.snapshot.latency.ttfa.count == 3)
    }

    @Test func `clocks of different senders are never subtracted`() throws {
        mark(.speechEndDetected, turn: "u1", offset: 5_000_000)
        try scene.play(Scripts.normal)
        #expect(latencies() == [1, 900, 1, 1500])
    }

    @Test func `a call's agent counts once, whoever tells it`() throws {
        try scene.play(Scripts.toolCall)
        let call = ToolCallStart(callID: "uuid", toolName: "delegate", agentName: "foundation:explorer")
        scene.tell(.toolStarted(call), session: "call")
        scene.tell(.toolFinished(ToolCallFinish(call, success: true, durationMilliseconds: 10)), session: "call")
        #expect(scene.snapshot.tools.agentsDelegated == ["foundation:explorer": 1])
        #expect(scene.snapshot.tools.totalCalls == 1)
        #expect(scene.snapshot.tools.requestedCount == 1)
    }
}
