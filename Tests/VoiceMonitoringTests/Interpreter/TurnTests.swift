import Testing

@testable import VoiceMonitoring

@Suite struct TurnTests {
    private let scene = Scene()

    private func mark(_ name: TurnMark.Name, turn: String = "t", offset: Double? = nil) {
        scene.tell(.turnMark(TurnMark(name, turnID: turn, offsetMilliseconds: offset)), session: "a")
    }

    @Test func `marks give time to first audio and turn latency in any order`() {
        mark(.responseComplete, offset: 2500)
        mark(.audioPlaybackStart, offset: 1420)
        #expect(scene.snapshot.latency.ttfa.count == 0)
        mark(.speechEndDetected, offset: 1000)
        #expect(scene.snapshot.latency.ttfa.max == 420)
        #expect(scene.snapshot.latency.turn.max == 1500)
    }

    @Test func `a missing mark is no sample`() {
        mark(.audioPlaybackStart, offset: 1420)
        mark(.responseComplete, offset: 2500)
        let latency = scene.snapshot.latency
        #expect(latency.ttfa.p50 == nil)
        #expect(latency.turn.p50 == nil)
        #expect(latency.turn.count == 0)
    }

    @Test func `a latency below zero is no sample`() {
        mark(.speechEndDetected, offset: 1000)
        mark(.audioPlaybackStart, offset: 999)
        #expect(scene.snapshot.latency.ttfa.count == 0)
    }

    @Test func `the first mark of each name counts`() {
        mark(.speechEndDetected, offset: 0)
        mark(.audioPlaybackStart, offset: 300)
        mark(.audioPlaybackStart, offset: 900)
        #expect(scene.snapshot.latency.ttfa.count == 1)
        #expect(scene.snapshot.latency.ttfa.max == 300)
    }

    @Test func `a sender's clock is subtracted only from itself`() {
        mark(.speechEndDetected, offset: 5_000_000)
        scene.clock.advance(seconds: 0.75)
        mark(.audioPlaybackStart)
        #expect(scene.snapshot.latency.ttfa.max == 750)
    }

    @Test func `a told latency stands for that of the marks`() {
        let sample = LatencySample(.ttfa, milliseconds: 444, turnID: "t")
        #expect(scene.tell(.latencySample(sample), session: "a") == .accepted)
        mark(.speechEndDetected, offset: 0)
        mark(.audioPlaybackStart, offset: 300)
        #expect(scene.tell(.latencySample(sample), session: "a") == .duplicate)
        #expect(scene.snapshot.latency.ttfa.count == 1)
        #expect(scene.snapshot.latency.ttfa.max == 444)
    }

    @Test func `samples without a turn all count`() {
        for _ in 0..<3 { scene.tell(.latencySample(LatencySample(.ttfa, milliseconds: 10)), session: "a") }
        #expect(scene.snapshot.latency.ttfa.count == 3)
    }

    @Test func `the slowest turns of the last hour are kept with their marks`() throws {
        for turn in 1...30 {
            mark(.speechEndDetected, turn: "t\(turn)", offset: 0)
            mark(.transcriptionComplete, turn: "t\(turn)", offset: 100)
            mark(.responseComplete, turn: "t\(turn)", offset: Double(turn) * 100)
        }
        let turns = scene.snapshot.slowestTurns.turns
        #expect(turns.map(\.turnID) == (11...30).reversed().map { "t\($0)" })
        let slowest = try #require(turns.first)
        #expect(slowest.turn == 3000)
        #expect(slowest.marks.map(\.mark) == [.speechEndDetected, .transcriptionComplete, .responseComplete])
        #expect(slowest.marks.map(\.milliseconds) == [0, 100, 3000])
        scene.clock.advance(seconds: 3600)
        #expect(scene.snapshot.slowestTurns.turns.isEmpty)
    }
}
