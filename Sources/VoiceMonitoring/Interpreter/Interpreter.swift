/// Turns events into facts: a state machine with an event in and facts out.
///
/// It is the only place that knows of ids: it drops repeated events, keeps the tables of live things with their leases,
/// joins the marks of a turn and the ids of a session, turns cumulative counters into deltas, has raw Realtime events
/// translated, and bounds the names that become labels.
struct Interpreter: Codable, Sendable {
    var counts = InterpreterCounts()
    var sessions: LeaseTable<String, LiveSession>
    var endedSessions: EndedIDs
    var turns: LeaseTable<TurnKey, LiveTurn>
    var calls: LeaseTable<String, LiveCall>
    var endedCalls: EndedIDs
    var tasks: LeaseTable<String, LiveTask>
    var endedTasks: EndedIDs
    /// Tool calls that the model asked for.
    var requests: LeaseTable<String, ToolRequest>
    /// Sessions by their other ids.
    var links: LeaseTable<String, String>
    var realtime: RealtimeTranslator
    let prices: PriceTable
    var toolNames: BoundedNames
    var agentNames: BoundedNames
    /// Sessions so far.
    var sessionCount = 0
    /// Errors so far, to name those whose event has no id.
    var errorCount = 0
    var eventIDs: RecentEventIDs

    init(_ configuration: MonitorConfiguration, hash: SipHash) {
        let limits = configuration.limits
        sessions = LeaseTable(capacity: limits.sessions, lease: limits.sessionLease)
        endedSessions = EndedIDs(capacity: limits.sessions, lease: limits.turnLease, hash: hash)
        turns = LeaseTable(capacity: limits.entries, lease: limits.turnLease)
        calls = LeaseTable(capacity: limits.entries, lease: limits.turnLease)
        endedCalls = EndedIDs(capacity: limits.entries, lease: limits.turnLease, hash: hash)
        tasks = LeaseTable(capacity: limits.entries, lease: limits.taskLease)
        endedTasks = EndedIDs(capacity: limits.entries, lease: limits.taskLease, hash: hash)
        requests = LeaseTable(capacity: limits.realtimeEntries, lease: limits.turnLease)
        links = LeaseTable(capacity: limits.realtimeEntries, lease: limits.turnLease)
        realtime = RealtimeTranslator(configuration, hash: hash)
        prices = configuration.prices
        toolNames = BoundedNames(capacity: limits.names, reserved: configuration.toolNames)
        agentNames = BoundedNames(capacity: limits.names, reserved: configuration.agentNames)
        eventIDs = RecentEventIDs(capacity: limits.eventIDs, window: limits.eventIDWindow, hash: hash)
    }

    /// A copy without the memory that no view shows, so that the next event need not copy it.
    var shown: Interpreter {
        var shown = self
        shown.eventIDs.forgetAll()
        shown.endedSessions.forgetAll()
        shown.endedCalls.forgetAll()
        shown.endedTasks.forgetAll()
        shown.requests.removeAll()
        shown.links.removeAll()
        shown.realtime = realtime.shown
        return shown
    }

    /// Ends what nobody renewed. Call it before every event and before every look at the state.
    mutating func advance(to now: Timestamp) -> [Fact] {
        var facts: [Fact] = []
        for (session, findings) in realtime.advance(to: now.monotonic) {
            facts += self.facts(of: findings, session, EventContext(now: now, stated: nil))
        }
        while let (id, session) = sessions.removeExpired(at: now.monotonic) {
            facts += lose(id, session, at: now)
        }
        forgetExpiredConversations(at: now.monotonic)
        forgetExpiredLinks(at: now.monotonic)
        while let (_, request) = requests.removeExpired(at: now.monotonic) {
            facts += expire(request, EventContext(now: now, stated: nil))
        }
        while let (id, call) = calls.removeExpired(at: now.monotonic) {
            counts.expirations[.calls, default: 0] += 1
            if endedCalls.remember(id, as: .lost, at: now.monotonic) { counts.evictions[.calls, default: 0] += 1 }
            facts += leave(call, EventContext(now: now, stated: nil))
        }
        while tasks.removeExpired(at: now.monotonic) != nil {
            counts.expirations[.tasks, default: 0] += 1
        }
        while turns.removeExpired(at: now.monotonic) != nil {}
        endedSessions.forgetExpired(at: now.monotonic)
        endedCalls.forgetExpired(at: now.monotonic)
        endedTasks.forgetExpired(at: now.monotonic)
        return facts
    }

    /// Takes one event. None where it repeats what is known already.
    mutating func interpret(_ event: VoiceEvent, at now: Timestamp) -> [Fact]? {
        if let id = event.id {
            let (isNew, evicted) = eventIDs.insert(id, at: now.monotonic)
            if evicted { counts.evictions[.eventIDs, default: 0] += 1 }
            guard isNew else { return nil }
        }
        let context = EventContext(now: now, stated: believed(event.at, at: now))
        let event = addressed(event)
        let opening = open(for: event, context)
        guard let facts = facts(of: event, context) else { return opening.isEmpty ? nil : opening }
        return opening + facts
    }

    private mutating func facts(of event: VoiceEvent, _ context: EventContext) -> [Fact]? {
        switch event.kind {
        case .sessionConnecting, .sessionHeartbeat: []
        case .sessionStarted: start(event.session, context)
        case .sessionState(let state): report(state, of: event.session, context)
        case .sessionEnded(let end): self.end(event.session, end, context)
        case .sessionLinked(let link): self.link(link.aliases, to: event.session, context)
        case .latencySample(let sample): take(sample, session: event.session, context)
        case .turnMark(let mark): take(mark, session: event.session, context)
        case .toolRequested(let call):
            request(RealtimeToolRequest(call), session: event.session, toldBy: .explicit, context)
        case .toolStarted(let call): start(call, session: event.session, context)
        case .toolFinished(let call): finish(call, session: event.session, context)
        case .error(let error): take(error, id: event.id, session: event.session, context)
        case .taskQueued(let task): queue(task, session: event.session, context)
        case .taskStarted(let task), .taskAgentSpawned(let task): start(task, session: event.session, context)
        case .taskProgress(let progress): take(progress, session: event.session, context)
        case .taskFinished(let finish): self.finish(finish, context)
        case .bridgeStatus(let status): [context.fact(.bridgeStatus(status))]
        case .audioStats(let report): take(report, session: event.session, context)
        case .vad(let outcome): take(outcome, session: event.session, context)
        case .sidebandLag(let milliseconds): [context.fact(.sidebandLag(milliseconds: milliseconds))]
        case .realtime(let raw): take(raw, session: event.session, context)
        }
    }

    /// The sender's time, unless it is too far off to be believed.
    private mutating func believed(_ at: WallTime?, at now: Timestamp) -> WallTime? {
        guard let at else { return nil }
        let (distance, overflow) = at.nanoseconds.subtractingReportingOverflow(now.wall.nanoseconds)
        if !overflow, distance.magnitude <= EventLimits.clockSkew.nanoseconds.magnitude { return at }
        counts.replacedTimes += 1
        return nil
    }
}

/// What the handling of one event needs beside the event.
struct EventContext {
    let now: Timestamp
    /// For durations.
    let moment: Moment
    /// For display and for comparing.
    let time: EventTime

    init(now: Timestamp, stated: WallTime?) {
        self.now = now
        moment = Moment(received: now.monotonic, stated: stated)
        time = EventTime(stated, receivedAt: now)
    }

    /// For display.
    var at: WallTime { time.shown }

    func fact(_ kind: Fact.Kind) -> Fact { Fact(time: time, kind: kind) }
}
