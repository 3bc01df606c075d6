import FoundationEssentials

extension RealtimeServerEvent: Encodable {
    /// Writes a raw server event, under its generally available name, that `init(from:)` reads back as the same event.
    ///
    /// What is not kept is not written, or stands for it: a transcript's words, and how many tokens were cached where
    /// that is known only of all modalities together.
    public func encode(to encoder: any Encoder) throws {
        try JSONValue.object(fields()).encode(to: encoder)
    }

    private func fields() throws -> [String: JSONValue] {
        switch self {
        case .session(let session):
            event("session.created", ["session": session.json])
        case .speechStarted(let speech):
            event("input_audio_buffer.speech_started", speech.fields(boundary: "audio_start_ms"))
        case .speechStopped(let speech):
            event("input_audio_buffer.speech_stopped", speech.fields(boundary: "audio_end_ms"))
        case .transcribed(let transcription):
            event(transcription.name, transcription.fields)
        case .responseCreated(let id):
            event("response.created", ["response": .object(["id": .string(id)])])
        case .responseSeen(let id):
            event("response.content_part.added", ["response_id": .string(id)])
        case .responseOutput(let id, let output):
            event(output.name, ["response_id": .string(id)])
        case .playback(let id, let playback):
            event(playback.name, ["response_id": .string(id)])
        case .toolRequested(let request):
            event(
                "response.output_item.done",
                ["response_id": .text(request.responseID), "item": try request.json()])
        case .toolResult(let call):
            event(
                "conversation.item.added",
                ["item": .object(["type": .string("function_call_output"), "call_id": .string(call)])])
        case .responseDone(let end):
            event("response.done", ["response": try end.json()])
        case .rateLimits(let limits):
            event("rate_limits.updated", ["rate_limits": .array(limits.map(\.json))])
        case .error(let error):
            event("error", ["event_id": .text(error.eventID), "error": error.json])
        case .other:
            event("input_audio_buffer.committed", [:])
        case .unusable:
            [:]
        }
    }

    private func event(_ type: String, _ fields: [String: JSONValue?]) -> [String: JSONValue] {
        fields.compactMapValues(\.self).merging(["type": .string(type)]) { $1 }
    }
}

extension JSONValue {
    /// An object without the fields that have no value.
    fileprivate static func told(_ fields: [String: JSONValue?]) -> JSONValue {
        .object(fields.compactMapValues(\.self))
    }

    fileprivate static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    fileprivate static func number(_ number: Double?) -> JSONValue? { number.map(JSONValue.number) }
    fileprivate static func count(_ count: Int) -> JSONValue { .number(Double(count)) }
}

extension RealtimeSession {
    fileprivate var json: JSONValue {
        let transcription = transcriptionModel.map { JSONValue.object(["model": .string($0)]) }
        let detection = vadPaddingMilliseconds.map { padding in
            JSONValue.object(["prefix_padding_ms": .number(0), "silence_duration_ms": .number(padding)])
        }
        return .told([
            "id": .text(id), "model": .text(model), "expires_at": .number(expiresAt?.unixSeconds),
            "audio": .object(["input": .told(["transcription": transcription, "turn_detection": detection])]),
        ])
    }
}

extension RealtimeSpeech {
    fileprivate func fields(boundary: String) -> [String: JSONValue?] {
        ["item_id": .string(itemID), boundary: .number(audioMilliseconds)]
    }
}

extension RealtimeTranscription {
    fileprivate var name: String {
        if case .failed = outcome { return "conversation.item.input_audio_transcription.failed" }
        return "conversation.item.input_audio_transcription.completed"
    }

    fileprivate var fields: [String: JSONValue?] {
        switch outcome {
        case .text: ["item_id": .string(itemID), "transcript": .string("…"), "usage": usage?.json]
        case .empty: ["item_id": .string(itemID), "transcript": .string(""), "usage": usage?.json]
        case .failed(let error): ["item_id": .string(itemID), "error": error.json]
        }
    }
}

extension RealtimeTranscription.Usage {
    fileprivate var json: JSONValue {
        switch self {
        case .seconds(let seconds): .object(["type": .string("duration"), "seconds": .number(seconds)])
        case .tokens(let usage): usage.json
        }
    }
}

extension RealtimeOutput {
    fileprivate var name: String {
        switch self {
        case .audio: "response.output_audio.delta"
        case .transcript: "response.output_audio_transcript.delta"
        case .text: "response.output_text.delta"
        }
    }
}

extension RealtimePlayback {
    fileprivate var name: String {
        switch self {
        case .started: "output_audio_buffer.started"
        case .stopped: "output_audio_buffer.stopped"
        case .cleared: "output_audio_buffer.cleared"
        }
    }
}

extension RealtimeToolRequest {
    fileprivate func json() throws -> JSONValue {
        .told([
            "type": .string("function_call"), "call_id": .string(call.callID), "name": .string(call.toolName),
            "arguments": .text(try hasValidArguments.map { $0 ? try arguments() : "" }),
        ])
    }

    /// What of the arguments is kept: whom the call delegates to.
    private func arguments() throws -> String {
        let kept = JSONValue.told(["agent": .text(call.agentName), "instruction": .text(call.instructionPreview)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(kept), as: UTF8.self)
    }
}

extension RealtimeResponseEnd {
    fileprivate func json() throws -> JSONValue {
        let details = JSONValue.told([
            "type": .string(status.rawValue), "reason": .text(reason), "error": error?.json,
        ])
        return .told([
            "id": .string(id), "status": .string(status.rawValue), "status_details": details,
            "output": .array(try toolRequests.map { try $0.json() }), "usage": usage?.json,
        ])
    }
}

extension RealtimeRateLimit {
    fileprivate var json: JSONValue {
        .told([
            "name": .string(name.rawValue), "limit": .number(limit), "remaining": .number(remaining),
            "reset_seconds": .number(resetSeconds),
        ])
    }
}

extension RealtimeError {
    fileprivate var json: JSONValue {
        .told(["type": .text(type), "code": .text(code), "message": .text(message)])
    }
}

extension TokenUsage {
    fileprivate var json: JSONValue {
        var fields: [String: JSONValue] = [
            "input_tokens": .count(total(.input)), "output_tokens": .count(total(.output)),
            "total_tokens": .count(total(.input) + total(.output)),
            "output_token_details": .object(byModality(.output)),
        ]
        var details = byModality(.input)
        let cached = byModality(.input, .cached)
        if tokens.keys.contains(where: { $0.modality != .unknown && $0.caching == .unknown }) {
            details["cached_tokens"] = .count(1)
        } else if !cached.isEmpty {
            details["cached_tokens_details"] = .object(cached)
        }
        fields["input_token_details"] = .object(details)
        return .object(fields)
    }

    private func total(_ direction: Direction) -> Int {
        tokens.reduce(0) { $0 + ($1.key.direction == direction ? $1.value : 0) }
    }

    private func byModality(_ direction: Direction, _ caching: Caching? = nil) -> [String: JSONValue] {
        let counts: [(String, JSONValue)] = [Modality.text, .audio, .image].compactMap { modality in
            let all = tokens.filter { kind, _ in
                kind.direction == direction && kind.modality == modality && (caching == nil || kind.caching == caching)
            }
            return all.isEmpty ? nil : ("\(modality.rawValue)_tokens", .count(all.values.reduce(0, +)))
        }
        return Dictionary(uniqueKeysWithValues: counts)
    }
}
