/// Everything a monitor knows: the interpreter and the six sections. This structure is the catalogue of sections.
struct MonitorState: Codable, Sendable {
    private(set) var interpreter: Interpreter
    private(set) var sessions = SessionsSection()
    private(set) var latency = LatencySection()
    private(set) var tools: ToolsSection
    private(set) var errors = ErrorsSection()
    private(set) var audio: AudioSection
    private(set) var amplifier: AmplifierSection
    private(set) var news = StreamNews()

    init(_ configuration: MonitorConfiguration, hash: SipHash) {
        interpreter = Interpreter(configuration, hash: hash)
        tools = ToolsSection(reservedNames: interpreter.toolNames.reserved)
        audio = AudioSection(limits: configuration.limits)
        amplifier = AmplifierSection(reservedNames: interpreter.agentNames.reserved)
    }

    /// A copy of all that the views show.
    var shown: MonitorState {
        var shown = self
        shown.interpreter = interpreter.shown
        return shown
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
            news.count(fact)
            sessions.apply(fact, at: now)
            latency.apply(fact, at: now)
            tools.apply(fact, at: now)
            errors.apply(fact, at: now)
            audio.apply(fact, at: now)
            amplifier.apply(fact, at: now)
        }
    }
}
