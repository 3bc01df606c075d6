import FoundationEssentials
import Testing

@testable import VoiceMonitoring

/// All state is one value that can be written and read.
@Suite struct StateCodingTests {
    @Test func `a state that was written and read goes on as it was`() throws {
        let configuration = MonitorConfiguration()
        let clock = TestClock()
        var state = MonitorState(configuration, hash: SipHash(key: (1, 2)))
        let events = try Scripts.all.flatMap { try RealtimeScript($0).events() }
        for event in events.prefix(events.count / 2) { _ = state.record(event, at: clock.now) }
        _ = state.record(VoiceEvent(.sessionStarted, session: "ended", id: "e"), at: clock.now)
        _ = state.record(VoiceEvent(.sessionEnded(SessionEnd()), session: "ended"), at: clock.now)
        var read = try JSONDecoder().decode(MonitorState.self, from: JSONEncoder().encode(state))
        let isNews = read.record(VoiceEvent(.sessionStarted, session: "ended", id: "e"), at: clock.now)
        #expect(!isNews)
        for event in events.suffix(events.count / 2) {
            _ = state.record(event, at: clock.now)
            _ = read.record(event, at: clock.now)
        }
        for now in [clock.now, clock.now.advanced(seconds: 5), clock.now.advanced(seconds: 1000)] {
            state.advance(to: now)
            read.advance(to: now)
            let shown = [state, read].map { MonitorSnapshot(state: $0, configuration: configuration, now: now) }
            #expect(try json(shown[0].summary) == json(shown[1].summary))
        }
    }
}

extension Timestamp {
    fileprivate func advanced(seconds: Int64) -> Timestamp {
        Timestamp(
            monotonic: monotonic.advanced(by: .seconds(seconds)),
            wall: WallTime(nanoseconds: wall.nanoseconds + seconds * 1_000_000_000), utcOffsetSeconds: utcOffsetSeconds)
    }
}
