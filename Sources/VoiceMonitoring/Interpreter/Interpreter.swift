/// Turns events into facts: a state machine with an event in and facts out.
///
/// It is the only place that knows of ids: it drops repeated events, keeps the tables of live things with their leases,
/// and joins the marks of a turn.
struct Interpreter: Codable, Sendable {
    private(set) var counts = InterpreterCounts()
    private(set) var sessions: LeaseTable<String, LiveSession>
    /// Ended sessions, by the way they ended: late events must not open them again.
    private var endedSessions: LeaseTable<String, SessionEnding>
    private var turns: LeaseTable<TurnKey, LiveTurn>
    private var eventIDs: RecentEventIDs

    private enum SessionEnding: Codable { case told, lost }

    init(limits: MonitorLimits, hash: SipHash) {
        sessions = LeaseTable(capacity: limits.sessions, lease: limits.sessionLease)
        endedSessions = LeaseTable(capacity: limits.sessions, lease: limits.turnLease)
        turns = LeaseTable(capacity: limits.turns, lease: limits.turnLease)
        eventIDs = RecentEventIDs(capacity: limits.eventIDs, window: limits.eventIDWindow, hash: hash)
    }

    /// Ends what nobody renewed. Call it before every event and before every look at the state.
    mutating func advance(to now: Timestamp) -> [Fact] {
        var facts: [Fact] = []
        while let (id, session) = sessions.removeExpired(at: now.monotonic) {
            facts.append(lose(id, session, at: now))
        }
        while endedSessions.removeExpired(at: now.monotonic) != nil {}
        while turns.removeExpired(at: now.monotonic) != nil {}
        return facts
    }

    /// Takes one event. None where it is a repetition of one that was taken before.
    mutating func interpret(_ event: VoiceEvent, at now: Timestamp) -> [Fact]? {
        if let id = event.id {
            let (isNew, evicted) = eventIDs.insert(id, at: now.monotonic)
            if evicted { counts.evictions[.eventIDs, default: 0] += 1 }
            guard isNew else { return nil }
        }
        let stated = believed(event.at, at: now)
        let context = EventContext(
            now: now, at: stated ?? now.wall, moment: Moment(received: now.monotonic, stated: stated))
        var facts: [Fact] = []
        if let session = event.session, !event.kind.endsSession {
            facts += open(session, for: event.kind, context)
        }
        switch event.kind {
        case .sessionConnecting, .sessionHeartbeat:
            break
        case .sessionStarted(let session):
            facts += enter(session, .active, onlyFrom: .connecting, context)
        case .sessionState(let session, let state):
            facts += enter(session, SessionPhase(state), onlyFrom: nil, context)
        case .sessionEnded(let session, let end):
            facts += self.end(session, end, context)
        case .latencySample(let sample):
            guard isNews(sample, context) else { return nil }
            facts.append(
                context.fact(.latency(sample.metric, milliseconds: sample.milliseconds)))
        case .turnMark(let mark):
            facts += self.mark(mark, context)
        }
        return facts
    }
}

/// What the handling of one event needs beside the event.
private struct EventContext {
    var now: Timestamp
    /// For display.
    var at: WallTime
    /// For durations.
    var moment: Moment

    func fact(_ kind: Fact.Kind) -> Fact { Fact(at: at, kind: kind) }
}

extension Interpreter {
    /// The sender's time, unless it is too far off to be believed.
    private mutating func believed(_ at: WallTime?, at now: Timestamp) -> WallTime? {
        guard let at else { return nil }
        let (distance, overflow) = at.nanoseconds.subtractingReportingOverflow(now.wall.nanoseconds)
        if !overflow, distance.magnitude <= EventLimits.clockSkew.nanoseconds.magnitude { return at }
        counts.replacedTimes += 1
        return nil
    }

    // MARK: Sessions

    /// Renews a session's lease, and opens the session where it is unknown.
    private mutating func open(_ id: String, for kind: VoiceEvent.Kind, _ context: EventContext) -> [Fact] {
        let renewed: Void? = sessions.renew(id, at: context.now.monotonic) { $0.lastSeen = context.moment }
        guard renewed == nil else { return [] }
        if endedSessions[id] == .told, !kind.startsSession {
            counts.lateEvents += 1
            return []
        }
        _ = endedSessions.remove(id)
        let phase = kind.openingPhase
        let evicted = sessions.insert(
            LiveSession(phase, at: context.moment), for: id, at: context.now.monotonic)
        var facts = [context.fact(.sessionOpened(phase))]
        if let evicted {
            counts.evictions[.sessions, default: 0] += 1
            facts.append(lose(evicted.key, evicted.value, at: context.now))
        }
        return facts
    }

    private mutating func enter(
        _ id: String, _ phase: SessionPhase, onlyFrom: SessionPhase?, _ context: EventContext
    ) -> [Fact] {
        let previous = sessions.change(id) { session -> SessionPhase? in
            guard session.phase != phase, onlyFrom == nil || session.phase == onlyFrom else { return nil }
            defer { session.enter(phase, at: context.moment) }
            return session.phase
        }
        guard case .some(.some(let previous)) = previous else { return [] }
        return [context.fact(.sessionChanged(from: previous, to: phase))]
    }

    private mutating func end(_ id: String, _ end: SessionEnd, _ context: EventContext) -> [Fact] {
        guard let session = sessions.remove(id) else {
            counts.repeatedEnds += 1
            return []
        }
        rememberEnd(of: id, as: .told, at: context.now.monotonic)
        let computed = session.started.flatMap { context.moment.milliseconds(since: $0) }
        return [
            context.fact(
                .sessionEnded(
                    EndedSession(
                        phase: session.phase,
                        milliseconds: end.durationMilliseconds ?? computed,
                        failed: session.hadError || end.failed,
                        lost: false)))
        ]
    }

    /// Ends a session of which nothing was heard for the length of its lease. It lasted until it was last seen.
    private mutating func lose(_ id: String, _ session: LiveSession, at now: Timestamp) -> Fact {
        rememberEnd(of: id, as: .lost, at: now.monotonic)
        let ended = EndedSession(
            phase: session.phase,
            milliseconds: session.started.flatMap { session.lastSeen.milliseconds(since: $0) },
            failed: session.hadError,
            lost: true)
        return Fact(
            at: session.lastSeen.stated ?? now.wall(of: session.lastSeen.received), kind: .sessionEnded(ended))
    }

    private mutating func rememberEnd(of id: String, as ending: SessionEnding, at now: MonotonicTime) {
        _ = endedSessions.remove(id)
        _ = endedSessions.insert(ending, for: id, at: now)
    }

    // MARK: Turns

    private mutating func isNews(_ sample: LatencySample, _ context: EventContext) -> Bool {
        guard let turnID = sample.turnID else { return true }
        return withTurn(TurnKey(session: sample.session, turnID: turnID), context) { $0.tell(sample.metric) }
    }

    private mutating func mark(_ mark: TurnMark, _ context: EventContext) -> [Fact] {
        var moment = context.moment
        moment.offset = mark.offsetMilliseconds
        let latencies = withTurn(mark.turn, context) { $0.mark(mark.name, at: moment) }
        return latencies.map { metric, milliseconds in
            context.fact(.latency(metric, milliseconds: milliseconds))
        }
    }

    private mutating func withTurn<Result>(
        _ key: TurnKey, _ context: EventContext, _ change: (inout LiveTurn) -> Result
    ) -> Result {
        if let result = turns.renew(key, at: context.now.monotonic, change) { return result }
        var turn = LiveTurn()
        let result = change(&turn)
        if turns.insert(turn, for: key, at: context.now.monotonic) != nil {
            counts.evictions[.turns, default: 0] += 1
        }
        return result
    }
}

extension VoiceEvent.Kind {
    fileprivate var endsSession: Bool {
        if case .sessionEnded = self { true } else { false }
    }

    fileprivate var startsSession: Bool {
        if case .sessionStarted = self { true } else { false }
    }

    /// The phase of a session whose first event this is.
    fileprivate var openingPhase: SessionPhase {
        switch self {
        case .sessionConnecting: .connecting
        case .sessionState(_, let state): SessionPhase(state)
        default: .active
        }
    }
}
