import FoundationEssentials

extension RealtimeServerEvent: Decodable {
    /// Reads what is used of a raw server event, under its generally available or its beta name.
    ///
    /// - Throws: where it is no JSON object. Nothing in an object makes it throw.
    public init(from decoder: any Decoder) throws {
        let fields = try TolerantFields(decoder)
        guard let type = fields.string("type") else {
            self = .unusable
            return
        }
        self = Self.readers[type].map { $0(fields) ?? .unusable } ?? .other
    }

    private typealias Reader = @Sendable (TolerantFields) -> RealtimeServerEvent?

    private static let readers: [String: Reader] = [
        "session.created": session,
        "session.updated": session,
        "input_audio_buffer.speech_started": { speech($0, "audio_start_ms").map { .speechStarted($0) } },
        "input_audio_buffer.speech_stopped": { speech($0, "audio_end_ms").map { .speechStopped($0) } },
        "conversation.item.input_audio_transcription.completed": transcription,
        "conversation.item.input_audio_transcription.failed": failedTranscription,
        "conversation.item.created": item,
        "conversation.item.added": item,
        "conversation.item.done": item,
        "response.created": { $0.object("response")?.identifier("id").map { .responseCreated(id: $0) } },
        "response.output_item.added": response,
        "response.content_part.added": response,
        "response.output_item.done": outputItem,
        "response.function_call_arguments.done": { request($0, in: $0).map { .toolRequested($0) } ?? .other },
        "response.output_audio.delta": output(.audio),
        "response.audio.delta": output(.audio),
        "response.output_audio_transcript.delta": output(.transcript),
        "response.audio_transcript.delta": output(.transcript),
        "response.output_text.delta": output(.text),
        "response.text.delta": output(.text),
        "response.output_text.done": output(.text),
        "response.text.done": output(.text),
        "output_audio_buffer.started": playback(.started),
        "output_audio_buffer.stopped": playback(.stopped),
        "output_audio_buffer.cleared": playback(.cleared),
        "response.done": responseEnd,
        "rate_limits.updated": { .rateLimits($0.objects("rate_limits").compactMap { RealtimeRateLimit($0) }) },
        "error": { fields in
            fields.object("error").map { .error(RealtimeError($0, eventID: fields.identifier("event_id"))) }
        },
    ]

    private static let session: Reader = { $0.object("session").map { .session(RealtimeSession($0)) } }

    private static func speech(_ fields: TolerantFields, _ boundary: String) -> RealtimeSpeech? {
        fields.identifier("item_id").map {
            RealtimeSpeech(itemID: $0, audioMilliseconds: fields.number(boundary, in: EventLimits.count))
        }
    }

    private static let transcription: Reader = { fields in
        guard let item = fields.identifier("item_id"), let transcript = fields.string("transcript") else { return nil }
        let hasWords = transcript.unicodeScalars.contains { !$0.properties.isWhitespace }
        return .transcribed(
            RealtimeTranscription(
                itemID: item, outcome: hasWords ? .text : .empty,
                usage: fields.object("usage").flatMap { RealtimeTranscription.Usage($0) }))
    }

    private static let failedTranscription: Reader = { fields in
        fields.identifier("item_id").map { item in
            let error = fields.object("error").map { RealtimeError($0) } ?? RealtimeError()
            return .transcribed(RealtimeTranscription(itemID: item, outcome: .failed(error)))
        }
    }

    /// Of the items of a conversation only the results of tools matter.
    private static let item: Reader = { fields in
        guard let item = fields.object("item") else { return nil }
        guard item.string("type") == "function_call_output" else { return .other }
        return item.identifier("call_id").map { .toolResult(callID: $0) }
    }

    private static let response: Reader = { $0.identifier("response_id").map { .responseSeen(id: $0) } }

    private static let outputItem: Reader = { fields in
        guard let item = fields.object("item") else { return nil }
        guard item.string("type") == "function_call" else {
            return response(fields)
        }
        return request(item, in: fields).map { .toolRequested($0) }
    }

    /// None without an id or a name; the beta's `response.function_call_arguments.done` has no name.
    private static func request(_ call: TolerantFields, in event: TolerantFields) -> RealtimeToolRequest? {
        RealtimeToolRequest(call, responseID: event.identifier("response_id"))
    }

    private static func output(_ output: RealtimeOutput) -> Reader {
        { $0.identifier("response_id").map { .responseOutput(id: $0, output) } }
    }

    private static func playback(_ playback: RealtimePlayback) -> Reader {
        { $0.identifier("response_id").map { .playback(id: $0, playback) } }
    }

    private static let responseEnd: Reader = { fields in
        guard let response = fields.object("response"), let id = response.identifier("id") else { return nil }
        let details = response.object("status_details")
        let status = response.string("status") ?? details?.string("type")
        var end = RealtimeResponseEnd(id: id, status: status.flatMap(ResponseStatus.init) ?? .other)
        end.reason = details?.name("reason")
        end.error = details?.object("error").map { RealtimeError($0) }
        end.toolRequests = response.objects("output").compactMap { item in
            item.string("type") == "function_call" ? RealtimeToolRequest(item, responseID: id) : nil
        }
        end.usage = response.object("usage").map { TokenUsage(response: $0) }
        return .responseDone(end)
    }
}

extension RealtimeSession {
    fileprivate init(_ fields: TolerantFields) {
        self.init()
        let input = fields.object("audio")?.object("input")
        id = fields.identifier("id")
        model = fields.name("model")
        expiresAt = fields.number("expires_at", in: 1...1e11).map { WallTime(unixSeconds: $0) }
        let transcription = input?.object("transcription") ?? fields.object("input_audio_transcription")
        transcriptionModel = transcription?.name("model")
        if let vad = input?.object("turn_detection") ?? fields.object("turn_detection"),
            let before = vad.number("prefix_padding_ms", in: EventLimits.milliseconds),
            let after = vad.number("silence_duration_ms", in: EventLimits.milliseconds)
        {
            vadPaddingMilliseconds = before + after
        }
    }
}

extension RealtimeToolRequest {
    /// Tools whose arguments name an agent and its instruction.
    private static let delegatingTools: Set = ["task", "delegate", "dispatch"]

    private struct Delegation: Decodable {
        let agent: String?
        let instruction: String?

        init(from decoder: any Decoder) throws {
            let fields = try TolerantFields(decoder)
            agent = fields.name("agent")
            instruction = fields.string("instruction")
        }
    }

    fileprivate init?(_ fields: TolerantFields, responseID: String?) {
        guard let id = fields.identifier("call_id"), let name = fields.name("name") else { return nil }
        let arguments = fields.string("arguments")
        let delegation = arguments.flatMap { try? JSONDecoder().decode(Delegation.self, from: Data($0.utf8)) }
        let isDelegating = Self.delegatingTools.contains(name)
        self.init(
            ToolCallStart(
                callID: id, toolName: name, agentName: isDelegating ? delegation?.agent : nil,
                instructionPreview: isDelegating ? delegation?.instruction : nil),
            responseID: responseID, hasValidArguments: arguments.map { _ in delegation != nil })
    }
}

extension RealtimeRateLimit {
    fileprivate init?(_ fields: TolerantFields) {
        guard let name = fields.string("name").flatMap(Name.init),
            let limit = fields.number("limit", in: EventLimits.count),
            let remaining = fields.number("remaining", in: EventLimits.count)
        else { return nil }
        self.init(
            name: name, limit: limit, remaining: min(remaining, limit),
            resetSeconds: fields.number("reset_seconds", in: 0...86_400))
    }
}

extension RealtimeError {
    fileprivate init(_ fields: TolerantFields, eventID: String? = nil) {
        self.init(
            eventID: eventID, type: fields.name("type"), code: fields.name("code"), message: fields.string("message"))
    }
}

extension RealtimeTranscription.Usage {
    fileprivate init?(_ fields: TolerantFields) {
        if fields.string("type") == "duration" {
            guard let seconds = fields.number("seconds", in: 0...86_400) else { return nil }
            self = .seconds(seconds)
        } else {
            var usage = TokenUsage()
            var input = TokenUsage.Reading(total: fields.tokens("input_tokens"))
            input.gross = TokenUsage.byModality(fields.object("input_token_details"))
            usage.add(input, .input)
            usage.add(
                TokenUsage.Reading(gross: [.text: fields.tokens("output_tokens") ?? 0]), .output)
            guard usage != TokenUsage() else { return nil }
            self = .tokens(usage)
        }
    }
}

extension TokenUsage {
    fileprivate init(response fields: TolerantFields) {
        self.init()
        let details = fields.object("input_token_details")
        var input = Reading(total: fields.tokens("input_tokens"))
        input.gross = Self.byModality(details)
        input.cached = details?.tokens("cached_tokens")
        let cached = Self.byModality(details?.object("cached_tokens_details"))
        input.cachedByModality = cached.isEmpty ? nil : cached
        add(input, .input)
        var output = Reading(total: fields.tokens("output_tokens"))
        output.gross = Self.byModality(fields.object("output_token_details"))
        add(output, .output)
    }

    fileprivate static func byModality(_ details: TolerantFields?) -> [Modality: Int] {
        guard let details else { return [:] }
        let named: [(Modality, String)] = [(.text, "text_tokens"), (.audio, "audio_tokens"), (.image, "image_tokens")]
        return named.reduce(into: [:]) { tokens, named in
            if let count = details.tokens(named.1) { tokens[named.0] = count }
        }
    }
}
