import FoundationEssentials
import Testing
import VoiceMonitoring
import VoiceSimulation

@Suite struct SimulationTests {
    @Test(arguments: SimulationConfiguration.Conditions.allCases)
    func `the same seed gives the same log`(conditions: SimulationConfiguration.Conditions) {
        let first = Simulation.log(seed: 7, sessions: 5, conditions)
        #expect(first.count > 500)
        #expect(first == Simulation.log(seed: 7, sessions: 5, conditions))
        #expect(first != Simulation.log(seed: 8, sessions: 5, conditions))
    }

    @Test func `a seed gives this log on every machine`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try Simulation.log(seed: 1, sessions: 1).prefix(8).map { event in
            "\(Int(event.milliseconds)) " + String(decoding: try encoder.encode(event.event), as: UTF8.self)
        }
        #expect(lines == Self.firstLines)
    }

    @Test func `events come in order of time`() {
        let times = Simulation.log(seed: 3, sessions: 20).map(\.milliseconds)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test func `every event is read back from its JSON as the same event`() throws {
        let events = Simulation.log(seed: 4, sessions: 30).map(\.event)
        #expect(Set(events.map(\.type)) == Set(Self.toldTypes))
        let decoded = try JSONDecoder().decode([VoiceEvent].self, from: JSONEncoder().encode(events))
        #expect(decoded == events)
    }

    @Test func `a monitor takes every event and none twice`() {
        let monitor = Monitor()
        let outcomes = Simulation.log(seed: 5, sessions: 10).map { monitor.record($0.event) }
        #expect(outcomes.allSatisfy { $0 == .accepted })
    }

    @Test func `an endless log does not end, and keeps its calls`() {
        var simulation = Simulation(
            SimulationConfiguration(seed: 6, sessions: 8, isEndless: true, beginning: WallTime(unixSeconds: 0)))
        var last: SimulatedEvent?
        var live: Set<String> = []
        for _ in 0..<100_000 {
            last = simulation.next()
            switch last?.event.kind {
            case .sessionStarted: live.insert(last?.event.session ?? "")
            case .sessionEnded: live.remove(last?.event.session ?? "")
            default: break
            }
        }
        #expect((last?.milliseconds ?? 0) > 3_600_000)
        // Those that vanished never end.
        #expect((4...30).contains(live.count))
    }

    /// Simulated calls have no client modules, which tell how late the sideband's reader runs.
    private static let toldTypes = EventType.allCases.filter { $0 != .sidebandLag }

    private static let session = #""session_id":"71c18690-ee42-490b-b1bb-54d8d101b5b9""#
    private static let bridge =
        #""health_status":"healthy","initialized":true,"queue_depth":0,"started_at":"2027-01-15T03:28:00.000Z","#
        + #""tools_count":13,"type":"bridge.status""#

    private static let firstLines = [
        ##"0 {\##(bridge)}"##,
        ##"15000 {\##(bridge)}"##,
        ##"16996 {\##(session),"type":"session.connecting"}"##,
        ##"17165 {"metric":"session_create",\##(session),"type":"latency.sample","value_ms":168.46342550937166}"##,
        ##"17330 {"metric":"sdp_exchange",\##(session),"type":"latency.sample","value_ms":165.21950527187738}"##,
        ##"17561 {"metric":"webrtc_connect",\##(session),"type":"latency.sample","value_ms":231.40579814307458}"##,
        ##"17561 {\##(session),"type":"session.started"}"##,
        ##"17561 {\##(session),"state":"active","type":"session.state"}"##,
    ]
}

extension Simulation {
    /// A whole log.
    static func log(
        seed: UInt64, sessions: Int, _ conditions: SimulationConfiguration.Conditions = .normal
    ) -> [SimulatedEvent] {
        var configuration = SimulationConfiguration(
            seed: seed, sessions: sessions, isEndless: false, beginning: WallTime(unixSeconds: 1_800_000_000))
        configuration.conditions = conditions
        return Array(IteratorSequence(Simulation(configuration)))
    }
}
