extension Interpreter {
    /// Takes the times of a turn that raw events tell, except those that explicit events told.
    mutating func take(_ finding: TurnFinding, of session: String, _ context: EventContext) -> [Fact] {
        let key = TurnKey(session: session, turnID: finding.turnID)
        withTurn(key, context) { $0.hear(finding.marks) }
        var facts: [Fact] = []
        var hasLatency = false
        for (timing, milliseconds) in finding.timings {
            guard let metric = timing.metric else {
                facts.append(
                    context.fact(.turnTimed(timing, milliseconds: milliseconds, turnID: finding.turnID)))
                continue
            }
            guard tellsFirst(metric, of: session, by: .identified, context) else { continue }
            guard withTurn(key, context, { $0.tell(metric, milliseconds) }) else { continue }
            hasLatency = true
            facts.append(context.fact(.latency(metric, milliseconds: milliseconds, turnID: finding.turnID)))
        }
        if hasLatency, let record = turns[key]?.record(key) { facts.append(context.fact(.turn(record))) }
        return facts
    }

    /// Whether nobody else told the same latency of the same session just before.
    mutating func tellsFirst(
        _ metric: LatencySample.Metric, of session: String?, by teller: TellingSource, _ context: EventContext
    ) -> Bool {
        realtime.isNews(.latency(metric), session: session, toldBy: teller, at: context.now.monotonic)
    }
}

extension TurnTiming {
    /// The latency that explicit events tell too.
    fileprivate var metric: LatencySample.Metric? {
        switch self {
        case .firstAudio: .ttfa
        case .response: .turn
        default: nil
        }
    }
}
