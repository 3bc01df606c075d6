/// What raw events tell, each once, before it is held against what explicit events tell of the same.
enum Finding: Sendable {
    /// The session says what it is.
    case session(RealtimeSession)
    /// The session has reached its limit.
    case expired
    /// The voice activity detection fired.
    case activation
    /// It fired for something else than the user's speech.
    case falsePositive
    /// A turn has times.
    case turn(TurnFinding)
    /// A response ended.
    case response(ResponseStatus, CancellationReason?)
    /// The user, or what sounded like the user, spoke while the assistant was heard.
    case interruption(InterruptionOutcome)
    /// A false interruption cut off a reply, and nothing came in its place.
    case orphanedInterruption
    /// From the beginning of the interruption to the end of what the assistant said.
    case interruptionReaction(milliseconds: Double)
    /// Something went wrong.
    case failure(RealtimeFailure)
    /// Something was refused that is no harm.
    case benignError(BenignError)
    /// Tokens or seconds that are billed.
    case usage(UsageFinding)
    /// How far the account is from its limits.
    case rateLimits([RealtimeRateLimit])
    /// The model asked for a tool call.
    case toolRequested(RealtimeToolRequest)
    /// The model got the result of a tool call.
    case toolResult(callID: String)
    /// Nothing audible follows the user's turn; the cause, where the raw events tell it.
    case deadAir(DeadAirCause?)
    /// Dead air is over.
    case deadAirEnded(milliseconds: Double)
}

/// The times of one turn that became known.
struct TurnFinding: Sendable {
    /// The user's item.
    var turnID: String
    var marks: [(name: TurnMark.Name, time: FeedTime)] = []
    var timings: [(timing: TurnTiming, milliseconds: Double)] = []
}

/// The stretches of a turn, each from the end of the user's speech where nothing else is said. Raw values are bits.
enum TurnTiming: UInt8, Codable, Sendable {
    /// To the first audio.
    case firstAudio = 1
    /// To the end of the first whole response that calls no tool.
    case response = 2
    /// To the first audio of that response: the answer itself, not what bridges the wait for it.
    case answer = 4
    /// To the end of that response's playback.
    case playbackEnd = 8
    /// To the transcript of the user's speech.
    case transcription = 16
    /// From there, or from the end of speech where the response does not wait for it, to the response's creation.
    case request = 32
    /// From there to the first audio.
    case model = 64
}

/// Why a response was cancelled.
enum CancellationReason: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// The user began to speak.
    case turnDetected = "turn_detected"
    /// The client called it off.
    case clientCancelled = "client_cancelled"
    /// A reason that is not known here, or none.
    case other
}

/// What an interruption turned out to be.
enum InterruptionOutcome: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// The user spoke, and a reply followed.
    case confirmed
    /// There were no words.
    case empty
    /// It was too short to be speech.
    case short
    /// No reply followed.
    case noReply = "no_reply"
}

/// Why nothing audible followed the user's turn.
enum DeadAirCause: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    case emptyTranscript = "empty_transcript"
    case transcriptionFailed = "transcription_failed"
    case responseFailed = "response_failed"
    case activeResponseConflict = "active_response_conflict"
    case toolRunning = "tool_running"
    case controlChannelDown = "control_channel_down"
    case unknown
}

/// What is billed, and the model that it was used on; none where that is not known.
struct UsageFinding: Sendable {
    enum Amount: Sendable {
        case tokens(TokenUsage)
        case seconds(Double)
    }

    var use: UsageKind
    var model: String?
    var amount: Amount
}

/// What tokens are used for.
enum UsageKind: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    case response, transcription
}
