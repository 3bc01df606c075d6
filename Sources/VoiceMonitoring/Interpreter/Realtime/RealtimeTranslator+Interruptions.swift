extension RealtimeTranslator {
    /// Takes an utterance that begins while a response is heard, or that a response was cut off for just before.
    mutating func beginInterruption(_ utterance: Digest, _ translation: inout Translation) {
        var interruption: Interruption
        if let playing = translation.conversation.playing {
            interruption = Interruption(utterance, of: playing, started: translation.time)
        } else if let cut = translation.conversation.cut, let time = translation.time,
            cut.time.milliseconds(since: time) != nil
        {
            interruption = Interruption(utterance, of: cut.response, started: time)
            interruption.isCut = true
            interruption.cleared = cut.time
        } else {
            return
        }
        translation.conversation.cut = nil
        interruption.hasEnded = utterances[utterance]?.hasStopped ?? false
        if let removed = translation.conversation.append(interruption) { conclude(removed, &translation) }
        if utterances[utterance]?.isFalse == true {
            let isEmpty = utterances[utterance]?.transcript == .empty
            decideInterruption(by: utterance, as: isEmpty ? .empty : .short, &translation)
        }
    }

    /// Tells how long the assistant took to stop, where that is known now.
    func react(_ translation: inout Translation) {
        var reactions: [Double] = []
        translation.conversation.changeInterruptions { interruption in
            if let reaction = interruption.reaction() { reactions.append(reaction) }
        }
        for reaction in reactions { translation.tell(.interruptionReaction(milliseconds: reaction)) }
    }

    /// Interruptions whose words are known and that were replied to are real ones.
    func confirmInterruptions(_ translation: inout Translation) {
        var confirmed = 0
        let utterances = utterances
        translation.conversation.changeInterruptions { interruption in
            guard interruption.outcome == nil, interruption.isReplied,
                utterances[interruption.utterance]?.transcript == .text
            else { return }
            interruption.outcome = .confirmed
            confirmed += 1
        }
        for _ in 0..<confirmed { translation.tell(.interruption(.confirmed)) }
    }

    func decideInterruption(
        by utterance: Digest, as outcome: InterruptionOutcome, _ translation: inout Translation
    ) {
        var isDecided = false
        translation.conversation.changeInterruptions { interruption in
            guard interruption.utterance == utterance, interruption.outcome == nil else { return }
            interruption.outcome = outcome
            isDecided = true
        }
        if isDecided { translation.tell(.interruption(outcome)) }
    }

    /// Takes leave of an interruption: by now a reply would have come.
    func conclude(_ interruption: Interruption, _ translation: inout Translation) {
        let outcome = interruption.outcome ?? (interruption.isReplied ? .confirmed : .noReply)
        if interruption.outcome == nil { translation.tell(.interruption(outcome)) }
        if outcome != .confirmed, interruption.isCut, !interruption.isReplied {
            translation.tell(.orphanedInterruption)
        }
    }
}
