import VoiceMonitoring

extension Simulation {
    /// Plays one turn, from the first word of the user to the end of the answer, and plans the next.
    mutating func playTurn(of session: String, at now: Double) {
        guard let call = calls[session] else { return }
        guard now < call.enough else {
            plan(.end(session), at: max(now, call.busyUntil) + 500)
            return
        }
        show(.active, of: session, at: now)
        if random.happens(Self.falseAlarms) {
            tell(.vad(.falsePositive), session: session, at: now)
            plan(.turn(session), at: now + random.between(1_000...3_000))
            return
        }
        tell(.vad(.speech), session: session, at: now)
        var turn = SimulatedTurn(
            session: session, id: calls[session]?.nextTurn() ?? "",
            speechEnd: now + random.between(900...5_000))
        mark(.speechEndDetected, turn, at: turn.speechEnd)
        mark(
            .transcriptionComplete, turn,
            at: turn.speechEnd + random.logNormal(median: 150, spread: 0.3) + call.network.quality.delay / 4)
        if call.isTroubled, random.happens(Self.failedAnswers) {
            failAnswer(turn, of: session)
            return
        }
        answer(&turn, of: session)
        if random.happens(Self.toolUse) {
            turn.answerEnd = useTool(turn)
        }
        converse(turn, of: session)
    }

    /// The assistant begins to speak. Before a tool, what it says is filler.
    private mutating func answer(_ turn: inout SimulatedTurn, of session: String) {
        let delay = calls[session]?.network.quality.delay ?? 0
        let firstAudio = random.logNormal(median: 310, spread: 0.42) + delay
        turn.firstAudio = turn.speechEnd + firstAudio
        mark(.llmFirstToken, turn, at: turn.speechEnd + 0.55 * firstAudio)
        mark(.ttsFirstByte, turn, at: turn.speechEnd + 0.8 * firstAudio)
        mark(.audioPlaybackStart, turn, at: turn.firstAudio)
        let whole = max(random.logNormal(median: 1_350, spread: 0.4) + delay, firstAudio + 150)
        turn.answerEnd = turn.speechEnd + whole
    }

    /// The answer is heard to its end, or the user barges in and there is no complete response.
    private mutating func converse(_ turn: SimulatedTurn, of session: String) {
        if random.happens(Self.bargeIns) {
            plan(.turn(session), at: turn.firstAudio + random.between(200...turn.answerLength))
            return
        }
        mark(.responseComplete, turn, at: turn.answerEnd)
        let heard = turn.answerEnd + random.between(1_500...6_000)
        if random.happens(Self.longPauses) {
            show(.idle, of: session, at: heard + 1_000)
            plan(.turn(session), at: heard + random.between(8_000...25_000))
        } else {
            plan(.turn(session), at: heard + random.exponential(mean: 2_500))
        }
    }

    private mutating func failAnswer(_ turn: SimulatedTurn, of session: String) {
        let code = random.weighted([
            ("rate_limit_exceeded", 12), ("session_expired", 4), ("model_unavailable", 2.0),
        ])
        report(.openaiAPI, code, session: session, at: turn.speechEnd + 400)
        plan(.turn(session), at: turn.speechEnd + random.between(3_000...6_000))
    }

    mutating func mark(_ name: TurnMark.Name, _ turn: SimulatedTurn, at milliseconds: Double) {
        let mark = TurnMark(name, turnID: turn.id, offsetMilliseconds: milliseconds)
        tell(.turnMark(mark), session: turn.session, at: milliseconds)
    }

    /// How often, of turns: the voice activity detection is wrong, the user barges in, a tool is used, the user thinks.
    private static let falseAlarms = 0.019, bargeIns = 0.08, toolUse = 0.09, longPauses = 0.15
    /// How often an answer fails in a call that is troubled.
    private static let failedAnswers = 0.15
}

/// One turn as it goes.
struct SimulatedTurn {
    let session: String
    let id: String
    /// When the user had finished speaking, in milliseconds since the log begins.
    let speechEnd: Double
    var firstAudio = 0.0
    var answerEnd = 0.0

    /// How long the answer lasts, in milliseconds.
    var answerLength: Double { max(answerEnd - firstAudio, 300) }

    init(session: String, id: String, speechEnd: Double) {
        self.session = session
        self.id = id
        self.speechEnd = speechEnd
    }
}
