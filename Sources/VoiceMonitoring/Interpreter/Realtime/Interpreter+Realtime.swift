extension Interpreter {
    /// Takes a raw event of the Realtime API.
    mutating func take(_ event: RealtimeEvent, session: String?, _ context: EventContext) -> [Fact] {
        guard let session else { return [] }
        switch event.event {
        case .other:
            return []
        case .unusable:
            counts.unusableRealtimeEvents += 1
            return []
        case .error(let error):
            // An error has no id of its own, so the same event of the same feed must not count again.
            if let id = error.eventID, !remember(id, of: session, context) { return [] }
        default:
            break
        }
        return facts(
            of: realtime.translate(event, session: session, context), session, toldBy: TellingSource(event.source),
            context)
    }

    /// What findings are, once they are held against what explicit events told of the same.
    mutating func facts(
        of findings: [Finding], _ session: String, toldBy teller: TellingSource = .identified, _ context: EventContext
    ) -> [Fact] {
        var facts: [Fact] = []
        for finding in findings {
            facts += self.facts(of: finding, session, teller, context)
        }
        return facts
    }

    private mutating func facts(
        of finding: Finding, _ session: String, _ teller: TellingSource, _ context: EventContext
    ) -> [Fact] {
        switch finding {
        case .session(let told): return take(told, of: session, context)
        case .expired: _ = sessions.change(session) { $0.hasExpired = true }
        case .activation: return tellVAD(activations: 1, session, context)
        case .falsePositive: return tellVAD(falsePositives: 1, session, context)
        case .turn(let turn): return take(turn, of: session, context)
        case .response(let status, let reason): return [context.fact(.responseFinished(status, reason))]
        case .interruption(let outcome): return [context.fact(.interruption(outcome))]
        case .orphanedInterruption: return [context.fact(.orphanedInterruption)]
        case .interruptionReaction(let milliseconds):
            return [context.fact(.interruptionReaction(milliseconds: milliseconds))]
        case .failure(let failure): return take(failure, of: session, context)
        case .benignError(let error): return [context.fact(.benignError(error))]
        case .usage(let usage): return take(usage, of: session, context)
        case .rateLimits(let limits): return [context.fact(.rateLimits(limits))]
        case .toolRequested(let told):
            return request(told, session: session, toldBy: teller, context) ?? []
        case .toolResult(let callID): return takeResult(of: callID, context)
        case .deadAir(let cause):
            let isToolRunning = (sessions[session]?.openCalls ?? 0) > 0
            return [context.fact(.deadAir(cause ?? (isToolRunning ? .toolRunning : .unknown)))]
        case .deadAirEnded(let milliseconds): return [context.fact(.deadAirEnded(milliseconds: milliseconds))]
        }
        return []
    }

    private mutating func take(_ told: RealtimeSession, of session: String, _ context: EventContext) -> [Fact] {
        _ = sessions.change(session) { $0.take(told) }
        return told.id.map { link([$0], to: session, context) } ?? []
    }

    /// Counts activations that raw events tell of, unless the session has another way to tell them.
    private mutating func tellVAD(
        activations: UInt64 = 0, falsePositives: UInt64 = 0, _ session: String, _ context: EventContext
    ) -> [Fact] {
        guard sessions.change(session, { $0.audio.takesRealtimeVAD() }) ?? true else { return [] }
        return [context.fact(.vad(activations: activations, falsePositives: falsePositives))]
    }

    private mutating func take(_ failure: RealtimeFailure, of session: String, _ context: EventContext) -> [Fact] {
        let subject = Twins.Subject.error(failure.category, code: failure.code)
        guard realtime.isNews(subject, session: session, toldBy: failure.source, at: context.now.monotonic) else {
            return []
        }
        return count(failure.report, id: nil, session: session, context)
    }

    private mutating func take(_ usage: UsageFinding, of session: String, _ context: EventContext) -> [Fact] {
        let priced = PricedUsage(usage, prices)
        _ = sessions.change(session) { $0.cost.add(priced.dollars) }
        return [context.fact(.usage(priced))]
    }

    private mutating func remember(_ eventID: String, of session: String, _ context: EventContext) -> Bool {
        let (isNew, evicted) = eventIDs.insert(session + "\u{0}" + eventID, at: context.now.monotonic)
        if evicted { counts.evictions[.eventIDs, default: 0] += 1 }
        return isNew
    }
}
