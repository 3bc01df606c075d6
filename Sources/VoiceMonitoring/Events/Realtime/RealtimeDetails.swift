/// What a session says about itself.
public struct RealtimeSession: Equatable, Sendable {
    /// OpenAI's id of the session.
    public var id: String?
    /// The model.
    public var model: String?
    /// When the session reaches its limit.
    public var expiresAt: WallTime?
    /// The model that transcribes the user.
    public var transcriptionModel: String?
    /// Audio that server VAD adds to every utterance, before it and after it, in milliseconds; none for semantic VAD.
    public var vadPaddingMilliseconds: Double?

    /// Creates a session of which nothing is known.
    public init() {}
}

/// A boundary of the user's speech.
public struct RealtimeSpeech: Equatable, Sendable {
    /// The user's item.
    public var itemID: String
    /// Where in the audio of the session it lies, in milliseconds.
    public var audioMilliseconds: Double?

    /// Creates a boundary.
    public init(itemID: String, audioMilliseconds: Double? = nil) {
        self.itemID = itemID
        self.audioMilliseconds = audioMilliseconds
    }
}

/// The end of the transcription of an utterance; never its words.
public struct RealtimeTranscription: Equatable, Sendable {
    /// How it ended.
    public enum Outcome: Equatable, Sendable {
        /// There are words.
        case text
        /// There are no words.
        case empty
        /// There is no transcript.
        case failed(RealtimeError)
    }

    /// What it is billed by.
    public enum Usage: Equatable, Sendable {
        /// Tokens.
        case tokens(TokenUsage)
        /// Seconds of audio.
        case seconds(Double)
    }

    /// The user's item.
    public var itemID: String
    /// How it ended.
    public var outcome: Outcome
    /// What it is billed by, where that is told.
    public var usage: Usage?

    /// Creates the end of a transcription.
    public init(itemID: String, outcome: Outcome, usage: Usage? = nil) {
        self.itemID = itemID
        self.outcome = outcome
        self.usage = usage
    }
}

/// A function call that the model makes.
public struct RealtimeToolRequest: Equatable, Sendable {
    /// The call, with the tool and, for a delegating tool, its agent and the beginning of its instruction.
    public var call: ToolCallStart
    /// The response that makes it.
    public var responseID: String?
    /// Whether its arguments are a JSON object; none where they were not told.
    public var hasValidArguments: Bool?

    /// Creates a request.
    public init(_ call: ToolCallStart, responseID: String? = nil, hasValidArguments: Bool? = nil) {
        self.call = call
        self.responseID = responseID
        self.hasValidArguments = hasValidArguments
    }
}

/// How a response ended.
public struct RealtimeResponseEnd: Equatable, Sendable {
    /// The response.
    public var id: String
    /// How it ended.
    public var status: ResponseStatus
    /// Why it was cancelled or is incomplete: `turn_detected`, `client_cancelled`, `max_output_tokens`,
    /// `content_filter`.
    public var reason: String?
    /// What went wrong.
    public var error: RealtimeError?
    /// Its function calls.
    public var toolRequests: [RealtimeToolRequest] = []
    /// What it is billed by, where that is told.
    public var usage: TokenUsage?

    /// Creates the end of a response.
    public init(id: String, status: ResponseStatus) {
        self.id = id
        self.status = status
    }
}

/// How a response can end.
public enum ResponseStatus: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// It is whole.
    case completed
    /// The user or the client cut it off.
    case cancelled
    /// It went wrong.
    case failed
    /// It stopped early: too long, or filtered.
    case incomplete
    /// A status that is not known here.
    case other
}

/// The state of one rate limit.
public struct RealtimeRateLimit: Equatable, Codable, Sendable {
    /// What is limited.
    public enum Name: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// Requests.
        case requests
        /// Tokens.
        case tokens
    }

    /// What is limited.
    public var name: Name
    /// How much there may be in the limit's period.
    public var limit: Double
    /// How much of it is left.
    public var remaining: Double
    /// Seconds until all of it is there again.
    public var resetSeconds: Double?

    /// Creates a state.
    public init(name: Name, limit: Double, remaining: Double, resetSeconds: Double? = nil) {
        self.name = name
        self.limit = limit
        self.remaining = remaining
        self.resetSeconds = resetSeconds
    }
}

/// What the API says went wrong.
public struct RealtimeError: Equatable, Sendable {
    /// The id of the server event, for an event of its own.
    public var eventID: String?
    /// The kind of error.
    public var type: String?
    /// The error.
    public var code: String?
    /// What went wrong, as a sentence.
    public var message: String?

    /// Creates an error. The message is cut to its limit.
    public init(eventID: String? = nil, type: String? = nil, code: String? = nil, message: String? = nil) {
        self.eventID = eventID
        self.type = type
        self.code = code
        self.message = message?.cut(toBytes: EventLimits.messageSize)
    }
}
