import VoiceMonitoring

/// The turns of calls whose raw events are forwarded.
extension Simulation {
    /// What can become of the user's words beside an answer.
    private enum Mishap {
        case none, emptyTranscript, failedTranscription, activeResponse, noResponse, closedSideband
    }

    mutating func forwardTurn(_ turn: SimulatedTurn) {
        let session = turn.session
        var turn = turn
        // A response waits for the transcript.
        turn.transcribed = min(turn.transcribed, turn.at(0.4))
        forwardSpeech(turn.id, of: session, from: turn.begins, to: turn.speechEnd)
        truth.activations += 1
        if calls[session]?.isTroubled == true, random.happens(Self.failedAnswers) {
            forwardFailure(random.weighted(Self.failures), turn)
            return
        }
        let mishap = random.weighted(Self.mishaps)
        switch mishap {
        case .none:
            forwardTranscript(.text, of: turn, at: turn.transcribed)
            confirmInterruption(in: session)
            if random.happens(Self.toolUse) { answerWithTool(turn) } else { answer(turn) }
        case .emptyTranscript:
            forwardTranscript(.empty, of: turn, at: turn.transcribed)
            truth.falseActivations += 1
            fallSilent(after: turn, "empty_transcript", interrupting: "empty")
        case .failedTranscription:
            let error = RealtimeError(type: "server_error", code: "audio_unintelligible", message: "No transcript.")
            forwardTranscript(.failed(error), of: turn, at: turn.transcribed)
            fallSilent(after: turn, "transcription_failed")
        case .activeResponse:
            forwardTranscript(.text, of: turn, at: turn.transcribed)
            let code = "conversation_already_has_active_response"
            forwardError(code, "A response is in progress.", of: session, at: turn.at(0.5))
            truth.benignErrors[code, default: 0] += 1
            fallSilent(after: turn, "active_response_conflict")
        case .noResponse:
            forwardTranscript(.text, of: turn, at: turn.transcribed)
            fallSilent(after: turn, nil)
        case .closedSideband:
            forwardTranscript(.text, of: turn, at: turn.transcribed)
            confirmInterruption(in: session)
            loseTool(turn)
        }
    }

    /// The assistant answers, and is heard to its end or interrupted.
    private mutating func answer(_ turn: SimulatedTurn) {
        let session = turn.session
        let response = begin(turn)
        if random.happens(Self.bargeIns) {
            interrupt(response, turn, at: turn.firstAudio + random.between(200...turn.answerLength))
            return
        }
        let heard = turn.answerEnd + random.between(1_500...6_000)
        var end = RealtimeResponseEnd(id: response, status: .completed)
        if random.happens(Self.truncated) {
            end.status = .incomplete
            end.reason = "max_output_tokens"
            truth.fail(.openaiAPI, "output_truncated")
        } else {
            truth.firstAudio.add(turn.firstAudio - turn.speechEnd)
            truth.turns.add(turn.answerEnd - turn.speechEnd)
            truth.answers.add(turn.firstAudio - turn.speechEnd)
            truth.playbackEnds.add(heard - turn.speechEnd)
        }
        forwardEnd(end, of: session, spokenFor: heard - turn.firstAudio, at: turn.answerEnd)
        forward(.playback(id: response, .stopped), of: session, at: heard)
        pause(after: heard, in: session)
    }

    /// Something is heard while the assistant speaks: mostly the user's next words.
    private mutating func interrupt(_ response: String, _ turn: SimulatedTurn, at now: Double) {
        let session = turn.session
        let sound = random.weighted(Self.interruptions)
        if sound == "short" {
            // A word of agreement, after which the assistant goes on.
            hear(session, at: now, for: random.between(80...180))
            truth.interrupt("short", isOrphaned: false)
        }
        let reaction = random.between(120...350)
        let stops = sound == "short" ? turn.answerEnd + 3_000 : now + reaction
        let isWhole = turn.answerEnd < stops
        var end = RealtimeResponseEnd(id: response, status: isWhole ? .completed : .cancelled)
        if isWhole {
            truth.firstAudio.add(turn.firstAudio - turn.speechEnd)
            truth.turns.add(turn.answerEnd - turn.speechEnd)
            truth.answers.add(turn.firstAudio - turn.speechEnd)
        } else {
            end.reason = "turn_detected"
        }
        forwardEnd(
            end, of: session, spokenFor: stops - turn.firstAudio, at: isWhole ? turn.answerEnd : stops + 10)
        guard sound != "short" else {
            forward(.playback(id: response, .stopped), of: session, at: stops)
            truth.playbackEnds.add(stops - turn.speechEnd)
            pause(after: stops, in: session)
            return
        }
        forward(.playback(id: response, .cleared), of: session, at: stops)
        truth.reactions.add(reaction)
        if sound == "empty" {
            // A cough, which leaves the user without an answer.
            var cough = SimulatedTurn(
                session: session, id: calls[session]?.nextTurn() ?? "", begins: now, speechEnd: stops + 300)
            cough.transcribed = cough.speechEnd + 200
            forwardSpeech(cough.id, of: session, from: now, to: cough.speechEnd)
            forwardTranscript(.empty, of: cough, at: cough.transcribed)
            truth.activations += 1
            truth.falseActivations += 1
            calls[session]?.conversation?.isInterrupting = true
            fallSilent(after: cough, "empty_transcript", interrupting: "empty")
            return
        }
        if !isWhole, random.happens(Self.uselessCancels) {
            // The client calls off what the detection has called off already.
            let code = "response_cancel_not_active"
            forwardError(code, "Cancellation failed: no active response found.", of: session, at: stops + 40)
            truth.benignErrors[code, default: 0] += 1
        }
        calls[session]?.conversation?.isInterrupting = true
        plan(.turn(session), at: now)
    }

    /// The model calls a tool, mostly while it says that it does.
    ///
    /// A delegated task is started, and announced by the answer; for other tools the answer waits.
    private mutating func answerWithTool(_ turn: SimulatedTurn) {
        let session = turn.session
        let isSilent = random.happens(Self.silentTools)
        let filler = begin(turn, isSilent: isSilent)
        let start = turn.firstAudio + random.between(150...600)
        var call = nextToolCall()
        let isMalformed = random.happens(Self.malformedCalls)
        if isMalformed {
            call.agentName = nil
            call.instructionPreview = nil
            truth.malformedRequests += 1
        }
        request(call, isValid: !isMalformed, by: filler, turn, spokenFor: isSilent ? 0 : 800, at: start)
        let ends: Double
        if isMalformed {
            ends = start + 5
            tell(.toolStarted(call), session: session, at: start + 2)
            finish(
                call, in: session, at: ends, after: 3, error: "The arguments are no JSON.", outcome: .badArguments)
        } else {
            ends = run(call, in: session, from: start)
        }
        calls[session]?.conversation?.useTool(until: ends)
        // A task that is started is a result already.
        let result = call.agentName != nil && !isSilent ? start + 300 : max(ends + 20, start + 100)
        forward(.toolResult(callID: call.callID), of: session, at: result)
        truth.toolResults[call.toolName, default: 0] += 1
        if !isSilent { forward(.playback(id: filler, .stopped), of: session, at: start + 250) }
        let answer = calls[session]?.conversation?.nextResponse() ?? ""
        let heard = max(result + random.between(200...450), start + 280)
        let done = max(turn.answerEnd, heard + random.between(80...500))
        let spoken = done + random.between(1_500...6_000)
        forward(.responseCreated(id: answer), of: session, at: result + 30)
        forward(.playback(id: answer, .started), of: session, at: heard)
        forwardEnd(
            RealtimeResponseEnd(id: answer, status: .completed), of: session, spokenFor: spoken - heard, at: done)
        forward(.playback(id: answer, .stopped), of: session, at: spoken)
        truth.firstAudio.add((isSilent ? heard : turn.firstAudio) - turn.speechEnd)
        truth.turns.add(done - turn.speechEnd)
        truth.answers.add(heard - turn.speechEnd)
        truth.playbackEnds.add(spoken - turn.speechEnd)
        if isSilent {
            calls[session]?.conversation?.silence = SimulatedConversation.Silence(since: turn.speechEnd, cause: nil)
            endSilence(of: session, at: heard)
        }
        pause(after: spoken, in: session)
    }

    /// The model calls a tool that nobody hears of, since the sideband is closed. The user waits, and hangs up.
    private mutating func loseTool(_ turn: SimulatedTurn) {
        report(.infrastructure, "websocket_closed", session: turn.session, at: turn.transcribed + 45)
        calls[turn.session]?.conversation?.isControlChannelDown = true
        let response = begin(turn, isSilent: true)
        request(nextToolCall(), isValid: true, by: response, turn, spokenFor: 0, at: turn.firstAudio)
        calls[turn.session]?.enough = turn.begins
        fallSilent(after: turn, "control_channel_down")
    }

    private mutating func request(
        _ call: ToolCallStart, isValid: Bool, by response: String, _ turn: SimulatedTurn, spokenFor spoken: Double,
        at now: Double
    ) {
        let request = RealtimeToolRequest(call, responseID: response, hasValidArguments: isValid)
        forward(.toolRequested(request), of: turn.session, at: now)
        count(call)
        var end = RealtimeResponseEnd(id: response, status: .completed)
        end.toolRequests = [request]
        forwardEnd(end, of: turn.session, spokenFor: spoken, at: now + 60)
    }

    /// The API fails. A session that it ends is over at once; else the user asks again after a while.
    private mutating func forwardFailure(_ code: String, _ turn: SimulatedTurn) {
        let session = turn.session
        forwardTranscript(.text, of: turn, at: turn.transcribed)
        truth.fail(.openaiAPI, code)
        guard code != "session_expired" else {
            forwardError(code, SimulatedTexts.message(of: code), of: session, at: turn.speechEnd + 400)
            if calls[session]?.conversation?.isInterrupting == true { truth.interrupt("no_reply", isOrphaned: true) }
            calls[session]?.conversation?.isInterrupting = false
            calls[session]?.conversation?.silence = SimulatedConversation.Silence(since: turn.speechEnd, cause: nil)
            calls[session]?.end = .expiry
            calls[session]?.enough = turn.begins
            plan(.turn(session), at: turn.speechEnd + 1_000)
            return
        }
        confirmInterruption(in: session)
        let response = calls[session]?.conversation?.nextResponse() ?? ""
        forward(.responseCreated(id: response), of: session, at: turn.at(0.5))
        var end = RealtimeResponseEnd(id: response, status: .failed)
        end.error = RealtimeError(
            type: code == "rate_limit_exceeded" ? "tokens" : "server_error",
            code: code == "rate_limit_exceeded" ? code : "server_error", message: SimulatedTexts.message(of: code))
        forwardEnd(end, of: session, spokenFor: 0, at: turn.firstAudio)
        fallSilent(after: turn, "response_failed")
    }

    /// A response begins, and is heard unless it only calls a tool. Returns its id.
    private mutating func begin(_ turn: SimulatedTurn, isSilent: Bool = false) -> String {
        let response = calls[turn.session]?.conversation?.nextResponse() ?? ""
        forward(.responseCreated(id: response), of: turn.session, at: turn.at(0.45))
        guard !isSilent else { return response }
        forward(.responseOutput(id: response, .transcript), of: turn.session, at: turn.at(0.6))
        forward(.playback(id: response, .started), of: turn.session, at: turn.firstAudio)
        return response
    }

    /// A sound that is too short for words.
    private mutating func hear(_ session: String, at now: Double, for milliseconds: Double) {
        let item = calls[session]?.nextTurn() ?? ""
        forwardSpeech(item, of: session, from: now, to: now + milliseconds)
        truth.activations += 1
        truth.falseActivations += 1
    }

    /// The words that fell into what the assistant said were the user's, and are replied to.
    private mutating func confirmInterruption(in session: String) {
        guard calls[session]?.conversation?.isInterrupting == true else { return }
        calls[session]?.conversation?.isInterrupting = false
        truth.interrupt("confirmed", isOrphaned: false)
    }

    /// Nothing audible follows, until the user speaks again or has enough.
    private mutating func fallSilent(
        after turn: SimulatedTurn, _ cause: String?, interrupting outcome: String = "no_reply"
    ) {
        if calls[turn.session]?.conversation?.isInterrupting == true { truth.interrupt(outcome, isOrphaned: true) }
        calls[turn.session]?.conversation?.isInterrupting = false
        calls[turn.session]?.conversation?.silence = SimulatedConversation.Silence(since: turn.speechEnd, cause: cause)
        plan(.turn(turn.session), at: turn.speechEnd + random.between(5_000...9_000))
    }

    /// The silence after the user's words is over; none of the listeners knows when, where the client is gone.
    mutating func endSilence(of session: String, at now: Double, isNoticed: Bool = true) {
        guard let conversation = calls[session]?.conversation, let silence = conversation.silence else { return }
        calls[session]?.conversation?.silence = nil
        let judged = silence.since + Self.patience
        guard now > judged || !isNoticed else { return }
        let cause = silence.cause ?? (conversation.toolsUntil > judged ? "tool_running" : "unknown")
        truth.deadAir[cause, default: 0] += 1
        if isNoticed { truth.deadAirLengths.add(now - silence.since) }
    }

    /// How often, of answers, they stop at their longest; how often tools are called without a word, and with arguments
    /// that are none; how often the client calls off a response that is called off.
    private static let truncated = 0.002, silentTools = 0.04, malformedCalls = 0.02, uselessCancels = 0.1
    /// How long nothing audible may follow the user's words until it is dead air, in milliseconds.
    private static let patience = 4_000.0

    private static let interruptions = [("words", 0.92), ("empty", 0.04), ("short", 0.04)]
    private static let mishaps: [(Mishap, weight: Double)] = [
        (.none, 0.99), (.emptyTranscript, 0.002), (.failedTranscription, 0.002), (.activeResponse, 0.003),
        (.noResponse, 0.002), (.closedSideband, 0.001),
    ]
}
