import VoiceMonitoring

/// What happens in simulated calls, as those know it who decide it.
struct SimulatedTruth {
    /// What was used on a model.
    struct Use: Hashable {
        let isTranscription: Bool
        let model: String
        let tokens: TokenUsage.Kind
    }

    /// Durations, which are too many to be kept one by one.
    struct Durations: Equatable {
        private(set) var count = 0
        private(set) var milliseconds = 0.0

        mutating func add(_ milliseconds: Double) {
            count += 1
            self.milliseconds += milliseconds
        }
    }

    /// Stretches of turns, each from the end of the user's speech: to the first audio, to the end of the answer, to the
    /// first audio of the answer itself, and to the end of its playback.
    var firstAudio = Durations()
    var turns = Durations()
    var answers = Durations()
    var playbackEnds = Durations()
    /// Activations of the voice activity detection, and those of them that are not the user's words.
    var activations = 0
    var falseActivations = 0
    /// By outcome.
    var interruptions: [String: Int] = [:]
    var orphanedInterruptions = 0
    /// How long the assistant took to stop.
    var reactions = Durations()
    /// By cause.
    var deadAir: [String: Int] = [:]
    /// How long dead air lasted that somebody ended.
    var deadAirLengths = Durations()
    var responses: [ResponseStatus: Int] = [:]
    /// By reason.
    var cancellations: [String: Int] = [:]
    var tokens: [Use: Int] = [:]
    /// Seconds of audio by the model that transcribes them.
    var transcribedSeconds: [String: Double] = [:]
    /// By category and code, such as `audio:codec_error`.
    var errors: [String: Int] = [:]
    var benignErrors: [String: Int] = [:]
    /// By tool.
    var toolRequests: [String: Int] = [:]
    var toolResults: [String: Int] = [:]
    var malformedRequests = 0
    /// How long tool calls waited before they began.
    var queueWaits = Durations()
    /// By agent.
    var delegations: [String: Int] = [:]
    /// Calls that two told of before it was known that they are one.
    var mergedSessions = 0
    /// By reason.
    var ends: [String: Int] = [:]

    mutating func use(_ usage: TokenUsage, on model: String, isTranscription: Bool) {
        for (kind, count) in usage.tokens {
            tokens[Use(isTranscription: isTranscription, model: model, tokens: kind), default: 0] += count
        }
    }

    mutating func interrupt(_ outcome: String, isOrphaned: Bool) {
        interruptions[outcome, default: 0] += 1
        if isOrphaned { orphanedInterruptions += 1 }
    }

    mutating func fail(_ category: ErrorCategory, _ code: String) {
        errors["\(category.rawValue):\(code)", default: 0] += 1
    }
}
