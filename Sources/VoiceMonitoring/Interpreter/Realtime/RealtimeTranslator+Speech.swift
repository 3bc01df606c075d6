extension RealtimeTranslator {
    /// Audio of the user that is shorter than this, beside what the detection adds, is no speech, in milliseconds.
    private static let shortestSpeech = 200.0

    mutating func start(_ speech: RealtimeSpeech, _ translation: inout Translation) {
        let key = key(speech.itemID, translation)
        let time = translation.time
        let (isNews, isActivation, transcript) = change(key, speech.itemID, translation) { utterance in
            defer { utterance.hasStarted = true }
            utterance.started.take(time)
            utterance.audioStart = utterance.audioStart ?? speech.audioMilliseconds
            return (!utterance.hasStarted, !utterance.isActivation, utterance.transcript)
        }
        if isActivation { translation.tell(.activation) }
        if isNews {
            if transcript != .empty { translation.conversation.beginTurn(key) }
            beginInterruption(key, &translation)
            interruptSilence(key, &translation)
        } else {
            translation.conversation.changeInterruptions { if $0.utterance == key { $0.started.take(time) } }
        }
        react(&translation)
        judgeLength(key, &translation)
    }

    mutating func stop(_ speech: RealtimeSpeech, _ translation: inout Translation) {
        let key = key(speech.itemID, translation)
        let time = translation.time
        let (isNews, isActivation, transcript) = change(key, speech.itemID, translation) { utterance in
            defer { utterance.hasStopped = true }
            utterance.stopped.take(time)
            utterance.audioEnd = utterance.audioEnd ?? speech.audioMilliseconds
            return (!utterance.hasStopped, !utterance.isActivation, utterance.transcript)
        }
        if isActivation { translation.tell(.activation) }
        guard isNews else { return }
        if transcript != .empty { translation.conversation.beginTurn(key) }
        translation.conversation.changeInterruptions { if $0.utterance == key { $0.hasEnded = true } }
        beginSilence(after: key, &translation)
        judgeLength(key, &translation)
        settleAll(&translation)
    }

    mutating func take(_ transcription: RealtimeTranscription, _ translation: inout Translation) {
        let key = key(transcription.itemID, translation)
        let time = translation.time
        let transcript = Utterance.Transcript(transcription.outcome)
        let isNews = change(key, transcription.itemID, translation) { utterance in
            utterance.transcribed.take(time)
            guard utterance.transcript == nil else { return false }
            utterance.transcript = transcript
            return true
        }
        guard isNews else { return }
        if let usage = transcription.usage {
            let amount: UsageFinding.Amount =
                switch usage {
                case .tokens(let tokens): .tokens(tokens)
                case .seconds(let seconds): .seconds(seconds)
                }
            translation.tell(
                .usage(
                    UsageFinding(
                        use: .transcription, model: translation.conversation.transcriptionModel, amount: amount)))
        }
        switch transcription.outcome {
        case .text:
            confirmInterruptions(&translation)
        case .empty:
            translation.conversation.dropTurn(key)
            countFalse(key, as: .empty, &translation)
            settleAll(&translation)
        case .failed(let error):
            translation.tell(.failure(RealtimeFailure(transcription: error, toldBy: .identified)))
        }
    }

    private mutating func judgeLength(_ key: Digest, _ translation: inout Translation) {
        guard let padding = translation.conversation.vadPadding, let length = utterances[key]?.audioLength,
            length <= padding + Self.shortestSpeech
        else { return }
        countFalse(key, as: .short, &translation)
    }

    /// Counts an utterance as none of the user's speech, once.
    private mutating func countFalse(_ key: Digest, as outcome: InterruptionOutcome, _ translation: inout Translation) {
        let isNews = utterances.change(key) { utterance in
            defer { utterance.isFalse = true }
            return !utterance.isFalse
        }
        guard isNews == true else { return }
        translation.tell(.falsePositive)
        decideInterruption(by: key, as: outcome, &translation)
    }

    private mutating func change<Result>(
        _ key: Digest, _ itemID: String, _ translation: Translation, _ change: (inout Utterance) -> Result
    ) -> Result {
        let (result, evicted) = utterances.update(
            key, at: translation.received, orInsert: Utterance(itemID: itemID), change)
        if evicted != nil { evictions += 1 }
        return result
    }
}

extension Utterance.Transcript {
    fileprivate init(_ outcome: RealtimeTranscription.Outcome) {
        switch outcome {
        case .text: self = .text
        case .empty: self = .empty
        case .failed: self = .failed
        }
    }
}
