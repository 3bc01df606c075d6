extension Interpreter {
    /// Renews the lease of the session that an event names, and opens the session where it is unknown.
    mutating func open(for event: VoiceEvent, _ context: EventContext) -> [Fact] {
        guard let id = event.session, event.type != .sessionEnded else { return [] }
        let isKnown = sessions.renew(id, at: context.now.monotonic) { $0.see(context) } != nil
        if isKnown { return [] }
        if endedSessions[id] == .told, event.type != .sessionStarted {
            counts.lateEvents += 1
            return []
        }
        endedSessions.forget(id)
        sessionCount += 1
        let session = LiveSession(openedBy: event.kind, life: sessionCount, context)
        var facts = [context.fact(.sessionOpened(session.phase))]
        if let evicted = sessions.insert(session, for: id, at: context.now.monotonic) {
            counts.evictions[.sessions, default: 0] += 1
            facts += lose(evicted.key, evicted.value, at: context.now)
        }
        return facts
    }

    mutating func start(_ id: String?, _ context: EventContext) -> [Fact] {
        change(id, context) { session in
            session.phase == .connecting ? session.enter(.active, at: context.moment, isReported: false) : nil
        }
    }

    mutating func report(_ state: SessionState, of id: String?, _ context: EventContext) -> [Fact] {
        change(id, context) { $0.enter(SessionPhase(state), at: context.moment, isReported: true) }
    }

    /// Takes a call into the open calls of its session, or out of them. The session's phase follows them.
    mutating func changeOpenCalls(by count: Int, of id: String?, life: Int?, _ context: EventContext) -> [Fact] {
        change(id.map { resolved($0) }, context) { session in
            guard session.hasLived(life) else { return nil }
            session.openCalls += count
            return session.phaseOfCalls.flatMap { session.enter($0, at: context.moment, isReported: false) }
        }
    }

    mutating func end(_ id: String?, _ end: SessionEnd, _ context: EventContext) -> [Fact] {
        guard let id, let session = sessions.remove(id) else {
            counts.repeatedEnds += 1
            return []
        }
        _ = endedSessions.remember(id, at: context.now.monotonic)
        let facts = facts(of: realtime.end(id, isTold: true, at: context.now.monotonic), id, context)
        let computed = session.started.flatMap { context.moment.milliseconds(since: $0) }
        let ended = EndedSession(
            id: id, phase: session.phase, milliseconds: end.durationMilliseconds ?? computed,
            failed: session.errors > 0 || end.failed, lost: false,
            reason: session.endReason(SessionEndReason(end), at: context.at), cost: session.cost)
        return facts + [context.fact(.sessionEnded(ended))]
    }

    /// Ends a session of which nothing was heard for the length of its lease. It lasted until it was last seen.
    mutating func lose(_ id: String, _ session: LiveSession, at now: Timestamp) -> [Fact] {
        _ = endedSessions.remember(id, as: .lost, at: now.monotonic)
        let findings = realtime.end(id, isTold: false, at: now.monotonic)
        let facts = facts(of: findings, id, EventContext(now: now, stated: nil))
        let lastSeen = session.lastSeenTime(at: now)
        let ended = EndedSession(
            id: id, phase: session.phase,
            milliseconds: session.started.flatMap { session.lastSeen.milliseconds(since: $0) },
            failed: session.errors > 0, lost: true,
            reason: session.endReason(.lost, at: lastSeen.shown), cost: session.cost)
        return facts + [Fact(time: lastSeen, kind: .sessionEnded(ended))]
    }

    /// Changes a live session. `change` returns the phase before, where the phase changed.
    private mutating func change(
        _ id: String?, _ context: EventContext, _ change: (inout LiveSession) -> SessionPhase?
    ) -> [Fact] {
        guard let id else { return [] }
        let changed = sessions.change(id) { session in change(&session).map { (from: $0, to: session.phase) } }
        guard case .some(.some(let phases)) = changed else { return [] }
        return [context.fact(.sessionChanged(from: phases.from, to: phases.to))]
    }
}
