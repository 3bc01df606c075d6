extension Interpreter {
    /// Takes a latency that somebody measured. None where that of the same turn is known already.
    mutating func take(_ sample: LatencySample, session: String?, _ context: EventContext) -> [Fact]? {
        let latency = context.fact(
            .latency(sample.metric, milliseconds: sample.milliseconds, turnID: sample.turnID))
        guard let turnID = sample.turnID else { return [latency] }
        let key = TurnKey(session: session, turnID: turnID)
        let (isNews, record) = withTurn(key, context) { turn in
            (turn.tell(sample.metric, sample.milliseconds), turn.record(key))
        }
        return isNews ? [latency] + facts(of: record, context) : nil
    }

    mutating func take(_ mark: TurnMark, session: String?, _ context: EventContext) -> [Fact] {
        guard let session else { return [] }
        var moment = context.moment
        moment.offset = mark.offsetMilliseconds
        let key = TurnKey(session: session, turnID: mark.turnID)
        let (latencies, record) = withTurn(key, context) { turn in
            (turn.mark(mark.name, at: moment), turn.record(key))
        }
        return latencies.map { metric, milliseconds in
            context.fact(.latency(metric, milliseconds: milliseconds, turnID: mark.turnID))
        } + facts(of: record, context)
    }

    private func facts(of record: TurnRecord?, _ context: EventContext) -> [Fact] {
        record.map { [context.fact(.turn($0))] } ?? []
    }

    private mutating func withTurn<Result>(
        _ key: TurnKey, _ context: EventContext, _ change: (inout LiveTurn) -> Result
    ) -> Result {
        let known = turns.renew(key, at: context.now.monotonic) { turn in
            turn.lastSeen = context.at
            return change(&turn)
        }
        if let known { return known }
        var turn = LiveTurn(at: context.at)
        let result = change(&turn)
        if turns.insert(turn, for: key, at: context.now.monotonic) != nil {
            counts.evictions[.turns, default: 0] += 1
        }
        return result
    }
}
