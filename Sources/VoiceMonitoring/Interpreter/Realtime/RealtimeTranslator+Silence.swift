extension RealtimeTranslator {
    /// Begins to wait for something audible after an utterance.
    mutating func beginSilence(after utterance: Digest, _ translation: inout Translation) {
        let evicted = silences.update(
            utterance, at: translation.received,
            orInsert: Silence(session: translation.session, began: translation.received)
        ) { _ in }.evicted
        if evicted != nil { evictions += 1 }
        let isAnswered =
            translation.time.flatMap { translation.conversation.lastAudible?.milliseconds(since: $0) } != nil
        guard translation.conversation.playing == nil, !isAnswered else { return }
        translation.conversation.awaiting = utterance
        translation.conversation.troubles = Conversation.Troubles()
    }

    /// Takes note of something that the user hears.
    func takeSound(_ translation: inout Translation) {
        if let time = translation.time { translation.conversation.lastAudible = time }
        translation.conversation.awaiting = nil
        endDeadAir(&translation)
    }

    /// The user speaks again, which ends the waiting for a reply, unless it is the utterance that is waited for itself
    /// or one before it.
    func interruptSilence(_ utterance: Digest, _ translation: inout Translation) {
        let waited = translation.conversation.awaiting ?? translation.conversation.deadAir?.utterance
        guard let waited, waited != utterance else { return }
        if let time = translation.time, let stopped = utterances[waited]?.stopped,
            let distance = time.distance(from: stopped),
            distance < 0
        {
            return
        }
        translation.conversation.awaiting = nil
        endDeadAir(&translation)
    }

    /// Judges a silence that has lasted as long as one may.
    mutating func end(_ silence: Silence, after utterance: Digest, _ translation: inout Translation) {
        if translation.conversation.awaiting == utterance, translation.conversation.playing == nil {
            translation.conversation.awaiting = nil
            endDeadAir(&translation)
            translation.conversation.deadAir = Conversation.DeadAir(
                utterance: utterance, since: utterances[utterance]?.stopped, received: silence.began)
            translation.tell(.deadAir(cause(after: utterance, translation.conversation)))
        }
        if let interruption = translation.conversation.removeInterruption(by: utterance) {
            conclude(interruption, &translation)
        }
    }

    func endDeadAir(_ translation: inout Translation) {
        guard let deadAir = translation.conversation.deadAir else { return }
        translation.conversation.deadAir = nil
        let told = translation.time.flatMap { time in deadAir.since.flatMap { time.milliseconds(since: $0) } }
        let milliseconds = told ?? translation.received.milliseconds(since: deadAir.received)
        translation.tell(.deadAirEnded(milliseconds: max(0, milliseconds)))
    }

    /// The cause, as far as raw events tell it.
    private func cause(after utterance: Digest, _ conversation: Conversation) -> DeadAirCause? {
        switch utterances[utterance]?.transcript {
        case .failed: return .transcriptionFailed
        case .empty: return .emptyTranscript
        default: break
        }
        if conversation.troubles.responseFailed { return .responseFailed }
        if conversation.troubles.activeResponseConflict { return .activeResponseConflict }
        return conversation.isControlChannelDown ? .controlChannelDown : nil
    }
}
