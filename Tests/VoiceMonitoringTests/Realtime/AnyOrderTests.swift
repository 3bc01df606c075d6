import PrometheusMetrics
import TestSupport
import Testing

@testable import VoiceMonitoring

/// Calls cut short, shuffled and repeated: nothing traps, nothing counts twice, nothing is below zero.
@Suite struct AnyOrderTests {
    /// Every call in a session of its own, so that one log holds them all.
    private func events() throws -> [VoiceEvent] {
        try Scripts.all.enumerated().flatMap { index, script in
            try RealtimeScript(script).events(session: "call-\(index)")
        }
    }

    private func numbers(_ events: [VoiceEvent], stepping seconds: Double = 0) throws -> [String] {
        let scene = Scene()
        for event in events {
            scene.clock.advance(seconds: seconds)
            scene.monitor.record(event)
        }
        scene.clock.advance(seconds: 5)
        try check(scene, events)
        return try scene.numbers()
    }

    /// What holds of every log: there are no more of anything than there are ids of it, and no time is negative.
    private func check(_ scene: Scene, _ events: [VoiceEvent]) throws {
        let state = scene.snapshot.state
        let ids = Ids(events)
        #expect(state.audio.totals.vadActivations.count <= ids.items)
        #expect(state.audio.totals.vadFalsePositives.count <= ids.items)
        #expect(state.audio.interruptions.byOutcome.total.total <= ids.items)
        #expect(state.audio.interruptions.orphaned.count <= ids.items)
        #expect(state.latency.ttfa.total.count <= ids.items)
        #expect(state.latency.turn.total.count <= ids.items)
        #expect(state.latency.timings.answer.total.count <= ids.items)
        #expect(state.latency.timings.playbackEnd.total.count <= ids.items)
        for part in state.latency.timings.parts.values { #expect(part.total.count <= ids.items) }
        #expect(state.latency.responses.byStatus.total.total <= ids.responses)
        #expect(state.latency.deadAir.byCause.total.total <= ids.items)
        #expect(state.latency.deadAir.lengths.total.count <= UInt64(state.latency.deadAir.byCause.total.total))
        #expect(state.tools.requests.requested.values.reduce(0) { $0 + $1.count } <= ids.calls)
        #expect(state.tools.requests.delivered.values.reduce(0) { $0 + $1.count } <= ids.calls)
        let sessions = state.interpreter.sessions.entries.map(\.value.openCalls)
        #expect(sessions.allSatisfy { $0 >= 0 })
        for line in try scene.numbers() { #expect(!line.contains(" -")) }
    }

    @Test(arguments: 0..<50) func `what is repeated at once in a shuffled log with gaps changes nothing`(
        seed: UInt64
    ) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let kept = try events().filter { _ in Int.random(in: 0..<8, using: &random) > 0 }
            let shuffled = kept.shuffled(using: &random)
            let repeated = shuffled.flatMap { Array(repeating: $0, count: Int.random(in: 1...3, using: &random)) }
            #expect(try numbers(repeated) == numbers(shuffled))
        }
    }

    /// What comes again later may tell more than it did at first, but nothing twice.
    @Test(arguments: 0..<50) func `what is repeated later counts nothing twice`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let shuffled = try events().shuffled(using: &random)
            let repeated = shuffled.enumerated().flatMap { index, event in
                [event] + (Bool.random(using: &random) ? [shuffled[Int.random(in: 0...index, using: &random)]] : [])
            }
            _ = try numbers(repeated)
        }
    }

    @Test(arguments: 0..<20) func `every beginning of a log holds together`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let whole = try events()
        let length = Int.random(in: 0...whole.count, using: &random)
        _ = try numbers(Array(whole.prefix(length)), stepping: Double.random(in: 0...3, using: &random))
        let mixed = whole.shuffled(using: &random).prefix(length)
        _ = try numbers(Array(mixed), stepping: Double.random(in: 0...4, using: &random))
    }

    /// How many items, responses and calls a log names.
    private struct Ids {
        var items = 0
        var responses = 0
        var calls = 0

        init(_ events: [VoiceEvent]) {
            var items: Set<String> = []
            var responses: Set<String> = []
            var calls: Set<String> = []
            for event in events {
                guard case .realtime(let raw) = event.kind, let session = event.session else { continue }
                switch raw.event {
                case .speechStarted(let speech), .speechStopped(let speech): items.insert(session + speech.itemID)
                case .transcribed(let transcription): items.insert(session + transcription.itemID)
                case .responseDone(let end):
                    responses.insert(session + end.id)
                    calls.formUnion(end.toolRequests.map(\.call.callID))
                case .toolRequested(let request): calls.insert(request.call.callID)
                default: break
                }
            }
            self.items = items.count
            self.responses = responses.count
            self.calls = calls.count
        }
    }
}
