import VoiceMonitoring

/// The raw events of a conversation, forwarded by whoever receives them.
extension Simulation {
    /// The browser's data channel and, in some calls, the voice server's sideband, which reads a little later.
    mutating func forward(_ event: RealtimeServerEvent, of session: String, at milliseconds: Double) {
        forwardFromBrowser(event, of: session, at: milliseconds)
        forwardFromSideband(event, of: session, at: milliseconds + random.between(3...40))
    }

    private mutating func forwardFromBrowser(
        _ event: RealtimeServerEvent, of session: String, at milliseconds: Double
    ) {
        guard let call = calls[session] else { return }
        let raw = RealtimeEvent(event, source: .browser, receivedMilliseconds: milliseconds - call.begins)
        tell(.realtime(raw), session: session, at: milliseconds)
    }

    private mutating func forwardFromSideband(
        _ event: RealtimeServerEvent, of session: String, at milliseconds: Double
    ) {
        guard let conversation = calls[session]?.conversation, conversation.hasSideband,
            !conversation.isControlChannelDown
        else { return }
        var event = event
        if case .error(var error) = event {
            // Each feed names its events itself.
            error.eventID?.append("_sideband")
            event = .error(error)
        }
        // The voice server's clock began when the log did.
        let raw = RealtimeEvent(event, source: .sideband, receivedMilliseconds: milliseconds)
        tell(.realtime(raw), session: conversation.callID, at: milliseconds)
        calls[session]?.willBeBusy(until: milliseconds)
    }

    /// The session says what it is, and the voice server that its ids are of one call.
    mutating func introduce(_ session: String, at now: Double) {
        guard let conversation = calls[session]?.conversation else { return }
        var told = RealtimeSession()
        told.id = conversation.openAIID
        told.model = conversation.model
        told.transcriptionModel = conversation.transcriptionModel
        let expiry = configuration.beginning.unixSeconds + now / 1000 + Self.sessionLimit
        told.expiresAt = WallTime(unixSeconds: expiry.rounded(.down))
        told.vadPaddingMilliseconds = SimulatedConversation.prefixPadding + SimulatedConversation.silenceDuration
        let isEarly = conversation.hasSideband && conversation.isSidebandEarly
        if isEarly { truth.mergedSessions += 1 }
        forwardFromSideband(.session(told), of: session, at: now + (isEarly ? 10 : 90))
        tell(.sessionLinked(SessionLink(aliases: [conversation.callID])), session: session, at: now + 50)
        forwardFromBrowser(.session(told), of: session, at: now + 80)
    }

    /// The user speaks, or what sounds like it is heard.
    mutating func forwardSpeech(_ item: String, of session: String, from start: Double, to end: Double) {
        guard let call = calls[session] else { return }
        let audioStart = max(0, start - call.begins - SimulatedConversation.prefixPadding)
        forward(.speechStarted(RealtimeSpeech(itemID: item, audioMilliseconds: audioStart)), of: session, at: start)
        let heard = end - start + SimulatedConversation.prefixPadding + SimulatedConversation.silenceDuration
        forward(
            .speechStopped(RealtimeSpeech(itemID: item, audioMilliseconds: audioStart + heard)), of: session, at: end)
    }

    mutating func forwardTranscript(
        _ outcome: RealtimeTranscription.Outcome, of turn: SimulatedTurn, at milliseconds: Double
    ) {
        guard let conversation = calls[turn.session]?.conversation else { return }
        var transcription = RealtimeTranscription(itemID: turn.id, outcome: outcome)
        if case .failed = outcome {
            truth.fail(.audio, "transcription_failed")
        } else {
            let usage = conversation.transcriptionUsage(ofSpeech: turn.speechEnd - turn.begins)
            transcription.usage = usage
            switch usage {
            case .tokens(let tokens): truth.use(tokens, on: conversation.transcriptionModel, isTranscription: true)
            case .seconds(let seconds): truth.transcribedSeconds[conversation.transcriptionModel, default: 0] += seconds
            }
        }
        forward(.transcribed(transcription), of: turn.session, at: milliseconds)
    }

    /// A response ends, and the rate limits are told.
    mutating func forwardEnd(
        _ end: RealtimeResponseEnd, of session: String, spokenFor milliseconds: Double, at now: Double
    ) {
        var end = end
        truth.responses[end.status, default: 0] += 1
        if end.status == .cancelled { truth.cancellations[end.reason ?? "other", default: 0] += 1 }
        if end.status != .failed, let model = calls[session]?.conversation?.model {
            end.usage = calls[session]?.conversation?.usage(&random, spokenFor: milliseconds)
            if let usage = end.usage { truth.use(usage, on: model, isTranscription: false) }
        }
        forward(.responseDone(end), of: session, at: now)
        let left = end.error?.code == "rate_limit_exceeded" ? 0.01 : random.between(0.7...0.8)
        let limits = [(RealtimeRateLimit.Name.requests, 5_000.0), (.tokens, 800_000)].map { name, limit in
            RealtimeRateLimit(
                name: name, limit: limit, remaining: (limit * left).rounded(), resetSeconds: 60 * (1 - left))
        }
        forward(.rateLimits(limits), of: session, at: now + 5)
    }

    mutating func forwardError(_ code: String, _ message: String, of session: String, at milliseconds: Double) {
        let error = RealtimeError(
            eventID: calls[session]?.conversation?.nextError(), type: "invalid_request_error", code: code,
            message: message)
        forward(.error(error), of: session, at: milliseconds)
    }

    /// Seconds that the API lets a session last.
    private static let sessionLimit = 3600.0
}
