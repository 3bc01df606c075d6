import VoiceMonitoring

/// A log of voice calls as they happen in life, event by event in order of time.
///
/// Sessions connect with their latencies; turns go from mark to mark, with filler speech before tools, barge-ins and
/// false alarms; agents queue at a bridge that degrades and recovers; sessions end well, fail or vanish. Some calls
/// tell the marks of their turns, others forward the raw events of the Realtime API, from the browser alone or from the
/// sideband too. The numbers are those of SPEC's drawings. The same configuration gives the same log, on every machine.
public struct Simulation: IteratorProtocol, Sendable {
    enum Step: Sendable {
        case event(VoiceEvent)
        case call
        case turn(String)
        case audio(String)
        case heartbeat(String)
        case end(String)
        case bridgeReport
        case bridgeChange
        case outage
    }

    /// What is played.
    public let configuration: SimulationConfiguration
    var random: SimulationRandom
    var bridge: SimulatedBridge
    /// The calls that go on, by their sessions.
    var calls: [String: SimulatedCall] = [:]
    /// What happens in what was planned so far.
    var truth = SimulatedTruth()
    private var agenda = Agenda<Step>()
    private var callsToCome: Int

    /// Prepares the log; it is made as it is read.
    public init(_ configuration: SimulationConfiguration) {
        self.configuration = configuration
        random = SimulationRandom(seed: configuration.seed)
        bridge = SimulatedBridge(calls: configuration.sessions, configuration.conditions)
        callsToCome = configuration.sessions
        for _ in 0..<configuration.sessions {
            plan(.call, at: random.between(0...Self.arrival))
        }
        plan(.bridgeReport, at: 0)
        let firstSpell = random.exponential(mean: SimulatedBridge.healthySpell)
        if configuration.conditions == .normal { plan(.bridgeChange, at: firstSpell) }
        plan(.outage, at: pauseBetweenOutages())
    }

    /// The next event; none once the last call is over.
    public mutating func next() -> SimulatedEvent? {
        while let (now, step) = agenda.next() {
            switch step {
            case .event(let event): return SimulatedEvent(milliseconds: now, event: event)
            case .call: beginCall(at: now)
            case .turn(let session): playTurn(of: session, at: now)
            case .audio(let session): reportAudio(of: session, at: now)
            case .heartbeat(let session): beat(session, at: now)
            case .end(let session): endCall(session, at: now)
            case .bridgeReport: reportBridge(at: now)
            case .bridgeChange: changeBridge(at: now)
            case .outage: breakSomething(at: now)
            }
        }
        return nil
    }

    mutating func plan(_ step: Step, at milliseconds: Double) {
        agenda.add(step, at: milliseconds)
    }

    mutating func tell(_ kind: VoiceEvent.Kind, session: String? = nil, at milliseconds: Double) {
        plan(.event(VoiceEvent(kind, session: session)), at: milliseconds)
        if let session { calls[session]?.willBeBusy(until: milliseconds) }
    }

    /// Plans what goes on for as long as there are calls.
    mutating func planAgain(_ step: Step, at milliseconds: Double) {
        if callsToCome > 0 || !calls.isEmpty { plan(step, at: milliseconds) }
    }

    mutating func callArrived() {
        callsToCome -= 1
    }

    /// Another caller takes the place of one that is gone.
    mutating func replaceCall(after milliseconds: Double) {
        guard configuration.isEndless else { return }
        callsToCome += 1
        plan(.call, at: milliseconds + random.exponential(mean: Self.pauseBetweenCalls))
    }

    /// The first calls come within this time, in milliseconds.
    private static let arrival = 30_000.0
    private static let pauseBetweenCalls = 6_000.0
}
