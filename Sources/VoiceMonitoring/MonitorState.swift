/// Everything a monitor knows: the interpreter and the six sections. This structure is the catalogue of sections.
struct MonitorState: Codable, Sendable {
    private(set) var interpreter: Interpreter
    private(set) var sessions = SessionsSection()
    private(set) var latency = LatencySection()

    init(interpreter: Interpreter) {
        self.interpreter = interpreter
    }

    /// Ends what nobody renewed.
    mutating func advance(to now: Timestamp) {
        apply(interpreter.advance(to: now), at: now)
    }

    /// Takes one event. Whether it was new.
    mutating func record(_ event: VoiceEvent, at now: Timestamp) -> Bool {
        guard let facts = interpreter.interpret(event, at: now) else { return false }
        apply(facts, at: now)
        return true
    }

    private mutating func apply(_ facts: [Fact], at now: Timestamp) {
        for fact in facts {
            sessions.apply(fact, at: now)
            latency.apply(fact, at: now)
        }
    }
}
