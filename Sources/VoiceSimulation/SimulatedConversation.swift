import VoiceMonitoring

/// The Realtime session of a call whose raw events are forwarded.
struct SimulatedConversation {
    /// Something that the voice activity detection took for the user's words.
    struct Silence {
        let since: Double
        /// Why nothing follows; none where nobody tells.
        let cause: String?
    }

    /// The call's id at the voice server, and OpenAI's id of the session.
    let callID: String
    let openAIID: String
    let model: String
    let transcriptionModel: String
    /// Whether the voice server forwards its sideband as well as the browser its data channel.
    let hasSideband: Bool
    /// Whether the sideband tells of the call before the browser says whose call it is.
    let isSidebandEarly: Bool
    /// Whether the sideband is closed.
    var isControlChannelDown = false
    /// Whether the user's next words fall into what the assistant says.
    var isInterrupting = false
    /// What nothing audible has followed.
    var silence: Silence?
    /// When the last of its tools will be over.
    private(set) var toolsUntil = 0.0
    /// What the model has read so far, in tokens.
    private var context = 900
    private var responses = 0
    private var errors = 0

    init(_ random: inout SimulationRandom) {
        callID = "rtc_" + random.uuid().suffix(12)
        openAIID = "sess_" + random.uuid().suffix(12)
        (model, transcriptionModel) = random.weighted([
            (("gpt-realtime-2025-08-28", "gpt-4o-transcribe"), 0.8),
            (("gpt-realtime-mini-2025-10-06", "whisper-1"), 0.2),
        ])
        hasSideband = random.happens(0.25)
        isSidebandEarly = random.happens(0.3)
    }

    /// Counts a response and names it.
    mutating func nextResponse() -> String {
        responses += 1
        return "resp_\(callID.suffix(8))_\(responses)"
    }

    mutating func useTool(until milliseconds: Double) {
        toolsUntil = max(toolsUntil, milliseconds)
    }

    /// Counts an error and names its event.
    mutating func nextError() -> String {
        errors += 1
        return "event_\(callID.suffix(8))_\(errors)"
    }

    /// What a response is billed by: the conversation so far is read again, most of it from the cache.
    mutating func usage(_ random: inout SimulationRandom, spokenFor milliseconds: Double) -> TokenUsage {
        var usage = TokenUsage()
        let heard = 20 + Int(random.between(10...60))
        let spoken = max(1, Int(milliseconds / 50))
        let cached = context / 64 * 64
        usage.add(cached / 2, TokenUsage.Kind(.input, .text, .cached))
        usage.add(cached - cached / 2, TokenUsage.Kind(.input, .audio, .cached))
        usage.add(context - cached, TokenUsage.Kind(.input, .text))
        usage.add(heard, TokenUsage.Kind(.input, .audio))
        usage.add(spoken, TokenUsage.Kind(.output, .audio))
        usage.add(spoken / 4, TokenUsage.Kind(.output, .text))
        context += heard + spoken
        return usage
    }

    /// What a transcript is billed by.
    func transcriptionUsage(ofSpeech milliseconds: Double) -> RealtimeTranscription.Usage {
        guard transcriptionModel != "whisper-1" else { return .seconds((milliseconds / 1000).rounded(.up)) }
        var usage = TokenUsage()
        usage.add(Int(milliseconds / 100), TokenUsage.Kind(.input, .audio))
        usage.add(1 + Int(milliseconds / 400), TokenUsage.Kind(.output, .text))
        return .tokens(usage)
    }

    /// What server VAD adds to every utterance before and after it, in milliseconds.
    static let prefixPadding = 300.0, silenceDuration = 500.0
}
