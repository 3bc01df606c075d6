import VoiceMonitoring

extension Simulation {
    /// Plays one turn, from the first word of the user to the end of the answer, and plans the next.
    mutating func playTurn(of session: String, at now: Double) {
        guard let call = calls[session] else { return }
        let isInterrupting = call.conversation?.isInterrupting ?? false
        guard now < call.enough || isInterrupting else {
            plan(.end(session), at: max(now, call.busyUntil) + 500)
            return
        }
        show(.active, of: session, at: now)
        endSilence(of: session, at: now)
        if !isInterrupting, random.happens(Self.falseAlarms) {
            raiseFalseAlarm(in: session, at: now)
            plan(.turn(session), at: now + random.between(1_000...3_000))
            return
        }
        let turn = nextTurn(of: session, at: now)
        if call.conversation == nil { tellTurn(turn) } else { forwardTurn(turn) }
    }

    /// What will be said in a turn, and when.
    private mutating func nextTurn(of session: String, at now: Double) -> SimulatedTurn {
        let delay = calls[session]?.network.quality.delay ?? 0
        var turn = SimulatedTurn(
            session: session, id: calls[session]?.nextTurn() ?? "", begins: now,
            speechEnd: now + random.between(900...5_000))
        turn.transcribed = turn.speechEnd + random.logNormal(median: 150, spread: 0.3) + delay / 4
        let firstAudio = random.logNormal(median: 310, spread: 0.42) + delay
        turn.firstAudio = turn.speechEnd + firstAudio
        turn.answerEnd =
            turn.speechEnd + max(random.logNormal(median: 1_350, spread: 0.4) + delay, firstAudio + 150)
        return turn
    }

    private mutating func raiseFalseAlarm(in session: String, at now: Double) {
        truth.activations += 1
        truth.falseActivations += 1
        guard let item = calls[session]?.nextTurn(), calls[session]?.conversation != nil else {
            tell(.vad(.falsePositive), session: session, at: now)
            return
        }
        let end = now + random.between(80...180)
        forwardSpeech(item, of: session, from: now, to: end)
        calls[session]?.conversation?.silence = SimulatedConversation.Silence(since: end, cause: nil)
    }

    /// The voice server tells the marks of a turn.
    private mutating func tellTurn(_ turn: SimulatedTurn) {
        tell(.vad(.speech), session: turn.session, at: turn.begins)
        truth.activations += 1
        mark(.speechEndDetected, turn, at: turn.speechEnd)
        mark(.transcriptionComplete, turn, at: turn.transcribed)
        if calls[turn.session]?.isTroubled == true, random.happens(Self.failedAnswers) {
            report(.openaiAPI, random.weighted(Self.failures), session: turn.session, at: turn.speechEnd + 400)
            plan(.turn(turn.session), at: turn.speechEnd + random.between(3_000...6_000))
            return
        }
        mark(.llmFirstToken, turn, at: turn.at(0.55))
        mark(.ttsFirstByte, turn, at: turn.at(0.8))
        mark(.audioPlaybackStart, turn, at: turn.firstAudio)
        truth.firstAudio.add(turn.firstAudio - turn.speechEnd)
        var turn = turn
        if random.happens(Self.toolUse) { turn.answerEnd = tellTool(turn) }
        if random.happens(Self.bargeIns) {
            // The user barges in, and there is no complete response.
            plan(.turn(turn.session), at: turn.firstAudio + random.between(200...turn.answerLength))
            return
        }
        mark(.responseComplete, turn, at: turn.answerEnd)
        truth.turns.add(turn.answerEnd - turn.speechEnd)
        pause(after: turn.answerEnd + random.between(1_500...6_000), in: turn.session)
    }

    /// The model calls a tool after its filler. Returns when the answer is complete.
    ///
    /// A delegated task is announced by the answer and takes longer than it; the other tools belong to the answer.
    private mutating func tellTool(_ turn: SimulatedTurn) -> Double {
        let start = turn.firstAudio + random.between(150...600)
        mark(.toolCallStarted, turn, at: start)
        let call = nextToolCall()
        tell(.toolRequested(call), session: turn.session, at: start)
        count(call)
        let end = run(call, in: turn.session, from: start)
        mark(.toolCallComplete, turn, at: end)
        return max(turn.answerEnd, call.agentName == nil ? end + random.between(300...900) : start + 200)
    }

    /// The user has heard the answer, and speaks again or thinks.
    mutating func pause(after heard: Double, in session: String) {
        if random.happens(Self.longPauses) {
            show(.idle, of: session, at: heard + 1_000)
            plan(.turn(session), at: heard + random.between(8_000...25_000))
        } else {
            plan(.turn(session), at: heard + random.exponential(mean: 2_500))
        }
    }

    private mutating func mark(_ name: TurnMark.Name, _ turn: SimulatedTurn, at milliseconds: Double) {
        let mark = TurnMark(name, turnID: turn.id, offsetMilliseconds: milliseconds)
        tell(.turnMark(mark), session: turn.session, at: milliseconds)
    }

    /// How often, of turns: the voice activity detection is wrong, the user barges in, a tool is used, the user thinks.
    private static let falseAlarms = 0.019, longPauses = 0.15
    static let bargeIns = 0.08, toolUse = 0.09
    /// How often an answer fails in a call that is troubled, and why.
    static let failedAnswers = 0.15
    static let failures = [("rate_limit_exceeded", 12), ("session_expired", 4), ("model_unavailable", 2.0)]
}

/// One turn as it goes; times are milliseconds since the log begins.
struct SimulatedTurn {
    let session: String
    let id: String
    /// When the user speaks.
    let begins: Double
    let speechEnd: Double
    var transcribed = 0.0
    var firstAudio = 0.0
    var answerEnd = 0.0

    /// How long the answer lasts, in milliseconds.
    var answerLength: Double { max(answerEnd - firstAudio, 300) }

    init(session: String, id: String, begins: Double, speechEnd: Double) {
        self.session = session
        self.id = id
        self.begins = begins
        self.speechEnd = speechEnd
    }

    /// When a share of the time to the first audio is over.
    func at(_ share: Double) -> Double {
        speechEnd + share * (firstAudio - speechEnd)
    }
}
