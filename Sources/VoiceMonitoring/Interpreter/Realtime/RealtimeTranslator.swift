/// Translates raw server events of the OpenAI Realtime API into findings: a state machine with an event in and findings
/// out.
///
/// Two feeds may carry the same events, in any order and with gaps: everything is told apart by the ids of items,
/// responses and calls, never by those of events. A time that is missing makes a finding fall away, never wrong.
struct RealtimeTranslator: Codable, Sendable {
    /// An utterance that has ended.
    struct Silence: Codable, Sendable {
        var session: String
        /// The receipt of its end.
        var began: MonotonicTime
    }

    /// By session.
    var conversations: LeaseTable<String, Conversation>
    var utterances: LeaseTable<Digest, Utterance>
    var responses: LeaseTable<Digest, LiveResponse>
    /// By utterance; the lease is how long nothing audible may follow it.
    var silences: LeaseTable<Digest, Silence>
    /// Entries that went because a table was full.
    var evictions: UInt64 = 0
    private let hash: SipHash

    init(_ configuration: MonitorConfiguration, hash: SipHash) {
        let limits = configuration.limits
        conversations = LeaseTable(capacity: limits.sessions, lease: limits.sessionLease)
        utterances = LeaseTable(capacity: limits.realtimeEntries, lease: limits.turnLease)
        responses = LeaseTable(capacity: limits.realtimeEntries, lease: limits.turnLease)
        silences = LeaseTable(capacity: limits.realtimeEntries, lease: configuration.deadAirAfter)
        self.hash = hash
    }

    /// Takes one event of a session.
    mutating func translate(_ event: RealtimeEvent, session: String, _ context: EventContext) -> [Finding] {
        var translation = Translation(
            session: session, source: event.source, received: context.now.monotonic,
            conversation: lend(session, at: context.now.monotonic))
        if event.source == .browser { translation.conversation.hasBrowserFeed = true }
        if event.source == .sideband { translation.conversation.isControlChannelDown = false }
        if translation.conversation.counts(event.source) { translation.time = FeedTime(event, context) }
        take(event.event, &translation)
        giveBack(translation)
        return translation.findings
    }

    /// Tells what came of utterances that ended a while ago.
    mutating func advance(to now: MonotonicTime) -> [(session: String, findings: [Finding])] {
        var told: [(String, [Finding])] = []
        while let (utterance, silence) = silences.removeExpired(at: now) {
            guard conversations[silence.session] != nil else { continue }
            var translation = Translation(
                session: silence.session, source: nil, received: now, conversation: lend(silence.session, at: now))
            end(silence, after: utterance, &translation)
            giveBack(translation)
            told.append((silence.session, translation.findings))
        }
        while utterances.removeExpired(at: now) != nil {}
        while responses.removeExpired(at: now) != nil {}
        return told
    }

    /// Takes the end of a session. Where somebody told it, dead air ends with it.
    mutating func end(_ session: String, isTold: Bool, at now: MonotonicTime) -> [Finding] {
        guard conversations[session] != nil else { return [] }
        var translation = Translation(
            session: session, source: nil, received: now, conversation: lend(session, at: now))
        translation.conversation.awaiting = nil
        translation.conversation.playing = nil
        if isTold { endDeadAir(&translation) }
        translation.conversation.deadAir = nil
        for interruption in translation.conversation.removeInterruptions() { conclude(interruption, &translation) }
        giveBack(translation)
        return translation.findings
    }

    /// Lets a conversation go on under another id of its session.
    mutating func rename(_ session: String, to other: String, at now: MonotonicTime) {
        guard let conversation = conversations.remove(session), conversations[other] == nil else { return }
        _ = conversations.insert(conversation, for: other, at: now)
    }

    /// Whether a telling is the first of its twins; every telling is where no raw events tell of the session.
    mutating func isNews(
        _ subject: Twins.Subject, session: String?, toldBy teller: TellingSource, at now: MonotonicTime
    ) -> Bool {
        guard let session else { return true }
        return conversations.change(session) { $0.twins.isNews(subject, toldBy: teller, at: now) } ?? true
    }

    mutating func controlChannelClosed(session: String) {
        _ = conversations.change(session) { $0.isControlChannelDown = true }
    }

    /// A copy without what no view shows.
    var shown: RealtimeTranslator {
        var shown = self
        shown.conversations.removeAll()
        shown.utterances.removeAll()
        shown.responses.removeAll()
        shown.silences.removeAll()
        return shown
    }

    /// The key of an item or a response: ids are unique within a session at least.
    func key(_ id: String, _ translation: Translation) -> Digest {
        hash.digest(translation.session + "\u{0}" + id)
    }

    /// Takes a conversation out of the table to be changed, so that it is not copied.
    private mutating func lend(_ session: String, at now: MonotonicTime) -> Conversation {
        var conversation = Conversation()
        let evicted = conversations.update(session, at: now, orInsert: Conversation()) { swap(&$0, &conversation) }
            .evicted
        if evicted != nil { evictions += 1 }
        return conversation
    }

    private mutating func giveBack(_ translation: Translation) {
        _ = conversations.change(translation.session) { $0 = translation.conversation }
    }
}

/// One event while it is translated.
struct Translation {
    let session: String
    let source: RealtimeEvent.Source?
    let received: MonotonicTime
    /// When it happened; none where the times of its feed do not count.
    var time: FeedTime?
    var conversation: Conversation
    var findings: [Finding] = []

    init(session: String, source: RealtimeEvent.Source?, received: MonotonicTime, conversation: Conversation) {
        self.session = session
        self.source = source
        self.received = received
        self.conversation = conversation
    }

    mutating func tell(_ finding: Finding) {
        findings.append(finding)
    }
}

extension RealtimeTranslator {
    private mutating func take(_ event: RealtimeServerEvent, _ translation: inout Translation) {
        switch event {
        case .session(let session): take(session, &translation)
        case .speechStarted(let speech): start(speech, &translation)
        case .speechStopped(let speech): stop(speech, &translation)
        case .transcribed(let transcription): take(transcription, &translation)
        case .responseCreated(let id): create(id, &translation)
        case .responseSeen(let id): _ = change(id, &translation) { _ in }
        case .responseOutput(let id, let output): take(output, of: id, &translation)
        case .playback(let id, let playback): take(playback, of: id, &translation)
        case .toolRequested(let request): take(request, &translation)
        case .toolResult(let callID): translation.tell(.toolResult(callID: callID))
        case .responseDone(let end): take(end, &translation)
        case .rateLimits(let limits): if !limits.isEmpty { translation.tell(.rateLimits(limits)) }
        case .error(let error): take(error, &translation)
        case .other, .unusable: break
        }
    }

    private func take(_ session: RealtimeSession, _ translation: inout Translation) {
        let conversation = translation.conversation
        translation.conversation.model = session.model ?? conversation.model
        translation.conversation.transcriptionModel = session.transcriptionModel ?? conversation.transcriptionModel
        translation.conversation.vadPadding = session.vadPaddingMilliseconds ?? conversation.vadPadding
        translation.tell(.session(session))
    }

    private mutating func take(_ error: RealtimeError, _ translation: inout Translation) {
        let teller = TellingSource(translation.source)
        if let benign = error.code.flatMap(BenignError.init) {
            if benign == .activeResponse { translation.conversation.troubles.activeResponseConflict = true }
            if translation.conversation.twins.isNews(.benign(benign), toldBy: teller, at: translation.received) {
                translation.tell(.benignError(benign))
            }
            return
        }
        let failure = RealtimeFailure(error, toldBy: teller)
        translation.tell(.failure(failure))
        if failure.code == "session_expired" { translation.tell(.expired) }
    }
}
