extension Interpreter {
    /// Takes a latency that somebody measured. None where that of the same turn is known already.
    mutating func take(_ sample: LatencySample, session: String?, _ context: EventContext) -> [Fact]? {
        let latency = context.fact(
            .latency(sample.metric, milliseconds: sample.milliseconds, turnID: sample.turnID))
        guard let turnID = sample.turnID else {
            return isFirst(sample.metric, of: session, context) ? [latency] : nil
        }
        let key = TurnKey(session: session, turnID: turnID)
        let (isNews, record) = withTurn(key, context) { turn in
            (turn.tell(sample.metric, sample.milliseconds), turn.record(key))
        }
        guard isNews, isNewsOfTurn(sample.metric, key, context) else { return nil }
        return [latency] + facts(of: record, context)
    }

    mutating func take(_ mark: TurnMark, session: String?, _ context: EventContext) -> [Fact] {
        guard let session else { return [] }
        var moment = context.moment
        moment.offset = mark.offsetMilliseconds
        let key = TurnKey(session: session, turnID: mark.turnID)
        let (latencies, record) = withTurn(key, context) { turn in
            (turn.mark(mark.name, at: moment), turn.record(key))
        }
        let news = latencies.filter { isNewsOfTurn($0.0, key, context) }
        return news.map { metric, milliseconds in
            context.fact(.latency(metric, milliseconds: milliseconds, turnID: mark.turnID))
        } + (news.count == latencies.count ? facts(of: record, context) : [])
    }

    private func facts(of record: TurnRecord?, _ context: EventContext) -> [Fact] {
        record.map { [context.fact(.turn($0))] } ?? []
    }

    /// Whether raw events did not tell the same latency just before. Where they did, they tell of the turn too.
    private mutating func isNewsOfTurn(
        _ metric: LatencySample.Metric, _ key: TurnKey, _ context: EventContext
    ) -> Bool {
        if isFirst(metric, of: key.session, context) { return true }
        withTurn(key, context) { $0.isToldElsewhere = true }
        return false
    }

    private mutating func isFirst(
        _ metric: LatencySample.Metric, of session: String?, _ context: EventContext
    ) -> Bool {
        switch metric {
        case .ttfa, .turn: tellsFirst(metric, of: session, by: .explicit, context)
        default: true
        }
    }

    /// Changes a turn, which is entered where it is unknown.
    mutating func withTurn<Result>(
        _ key: TurnKey, _ context: EventContext, _ change: (inout LiveTurn) -> Result
    ) -> Result {
        let (result, evicted) = turns.update(key, at: context.now.monotonic, orInsert: LiveTurn(at: context.at)) {
            $0.lastSeen = context.at
            return change(&$0)
        }
        if evicted != nil { counts.evictions[.turns, default: 0] += 1 }
        return result
    }
}
