extension RealtimeTranslator {
    /// Tells what is known now of the turn that a response belongs to, and was not before.
    ///
    /// Only whole responses are told of: one that was cut off says nothing about how long its user would have waited.
    mutating func settle(_ key: Digest, _ translation: inout Translation) {
        guard let response = responses[key], let beginning = response.beginning,
            let turn = turn(before: beginning, in: translation.conversation)
        else { return }
        let heard = response.heard(in: translation.conversation)
        let utterance = utterances.change(turn) { utterance in
            if let heard { utterance.hear(key, at: heard) }
            if response.isAnswer, utterance.answer == nil { utterance.answer = key }
            return utterance
        }
        guard response.status == .completed, let utterance, let stopped = utterance.stopped else { return }
        var finding = TurnFinding(turnID: utterance.itemID)
        if utterance.firstHeard == key, let heard {
            finding.add(.firstAudio, heard.milliseconds(since: stopped))
            // The parts are told at once, since they add up to the whole.
            if !response.hasTold(.model) {
                finding.addParts(of: utterance, response, stopped: stopped, heard: heard)
            }
        }
        if response.isAnswer, utterance.answer == key {
            finding.add(.response, response.done?.milliseconds(since: stopped))
            finding.add(.answer, heard?.milliseconds(since: stopped))
            if !response.isCut { finding.add(.playbackEnd, response.playbackStopped?.milliseconds(since: stopped)) }
        }
        finding.timings.removeAll { response.hasTold($0.timing) }
        guard !finding.timings.isEmpty else { return }
        _ = responses.change(key) { response in
            for timing in finding.timings { response.tell(timing.timing) }
        }
        finding.addMarks(of: utterance, response, heard: heard)
        translation.tell(.turn(finding))
    }

    /// Tells what is known now of the last responses, since their turns became known.
    mutating func settleAll(_ translation: inout Translation) {
        for response in translation.conversation.responses { settle(response, &translation) }
    }

    /// The last turn of the user that had ended at a time. None where the end of a later one was not told: then it is
    /// not known which turn it was.
    private func turn(before time: FeedTime, in conversation: Conversation) -> Digest? {
        for key in conversation.turns.reversed() {
            guard let utterance = utterances[key] else { continue }
            if let stopped = utterance.stopped {
                if time.milliseconds(since: stopped) != nil { return key }
            } else if let started = utterance.started, time.milliseconds(since: started) != nil {
                return nil
            }
        }
        return nil
    }
}

extension LiveResponse {
    /// Whether it is the answer itself: whole, and no tool has to be waited for.
    fileprivate var isAnswer: Bool { status == .completed && !callsTools }

    /// When it was first heard. Where no events of playback come, generated audio is heard at once.
    fileprivate func heard(in conversation: Conversation) -> FeedTime? {
        playbackStarted ?? (conversation.hasPlaybackEvents ? nil : firstAudio)
    }
}

extension TurnFinding {
    fileprivate mutating func add(_ timing: TurnTiming, _ milliseconds: Double?) {
        if let milliseconds { timings.append((timing, milliseconds)) }
    }

    /// Adds the parts of the time to first audio; they add up to it.
    fileprivate mutating func addParts(
        of utterance: Utterance, _ response: LiveResponse, stopped: FeedTime, heard: FeedTime
    ) {
        guard let created = response.created, let model = heard.milliseconds(since: created) else { return }
        // A transcript that came after the response began did not hold it up.
        let transcribed = utterance.transcribed.flatMap { created.milliseconds(since: $0) == nil ? nil : $0 }
        guard let request = created.milliseconds(since: transcribed ?? stopped) else { return }
        if let transcribed { add(.transcription, transcribed.milliseconds(since: stopped)) }
        add(.request, request)
        add(.model, model)
    }

    /// Adds the marks of SPEC section 2 that raw events tell.
    fileprivate mutating func addMarks(of utterance: Utterance, _ response: LiveResponse, heard: FeedTime?) {
        let known: [(TurnMark.Name, FeedTime?)] = [
            (.speechEndDetected, utterance.stopped), (.transcriptionComplete, utterance.transcribed),
            (.llmFirstToken, response.firstToken), (.ttsFirstByte, response.firstAudio),
            (.audioPlaybackStart, heard), (.responseComplete, response.isAnswer ? response.done : nil),
        ]
        marks = known.compactMap { name, time in time.map { (name, $0) } }
    }
}
