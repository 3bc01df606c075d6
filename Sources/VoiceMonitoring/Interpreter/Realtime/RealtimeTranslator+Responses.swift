extension RealtimeTranslator {
    mutating func create(_ id: String, _ translation: inout Translation) {
        let time = translation.time
        let key = change(id, &translation) { $0.created.take(time) }.key
        settle(key, &translation)
    }

    mutating func take(_ output: RealtimeOutput, of id: String, _ translation: inout Translation) {
        let time = translation.time
        let (key, isFirst) = change(id, &translation) { response in
            switch output {
            case .audio:
                defer { response.firstAudio.take(time) }
                return response.firstAudio == nil
            case .transcript, .text:
                defer { response.firstToken.take(time) }
                return response.firstToken == nil
            }
        }
        guard isFirst, time != nil else { return }
        switch output {
        case .audio where !translation.conversation.hasPlaybackEvents:
            if responses[key]?.status == nil { translation.conversation.playing = key }
            takeSound(&translation)
        case .text:
            // Who is answered in writing does not wait in vain.
            takeSound(&translation)
        default:
            break
        }
        settle(key, &translation)
    }

    mutating func take(_ request: RealtimeToolRequest, _ translation: inout Translation) {
        if let id = request.responseID { _ = change(id, &translation) { $0.callsTools = true } }
        translation.tell(.toolRequested(request))
    }

    mutating func take(_ end: RealtimeResponseEnd, _ translation: inout Translation) {
        let time = translation.time
        let (key, isNews) = change(end.id, &translation) { response in
            response.done.take(time)
            if !end.toolRequests.isEmpty { response.callsTools = true }
            guard response.status == nil else { return false }
            response.status = end.status
            return true
        }
        for request in end.toolRequests { translation.tell(.toolRequested(request)) }
        if isNews { count(end, key, &translation) }
        settle(key, &translation)
    }

    private mutating func count(_ end: RealtimeResponseEnd, _ key: Digest, _ translation: inout Translation) {
        let reason = end.reason.flatMap(CancellationReason.init) ?? .other
        translation.tell(.response(end.status, end.status == .cancelled ? reason : nil))
        if let usage = end.usage {
            translation.tell(
                .usage(
                    UsageFinding(use: .response, model: translation.conversation.model, amount: .tokens(usage))))
        }
        if !translation.conversation.hasPlaybackEvents, translation.conversation.playing == key {
            translation.conversation.playing = nil
        }
        switch end.status {
        case .failed:
            translation.conversation.troubles.responseFailed = true
            let failure = RealtimeFailure(end.error ?? RealtimeError(), toldBy: .identified)
            translation.tell(.failure(failure))
            if failure.code == "session_expired" { translation.tell(.expired) }
        case .incomplete:
            translation.conversation.troubles.responseFailed = true
            if let failure = RealtimeFailure(incomplete: end.reason, toldBy: .identified) {
                translation.tell(.failure(failure))
            }
        case .cancelled where reason == .turnDetected:
            translation.conversation.changeInterruptions { if $0.response == key { $0.isCut = true } }
        default:
            break
        }
    }

    /// Changes a response, which is entered where it is unknown: then a reply has begun.
    mutating func change<Result>(
        _ id: String, _ translation: inout Translation, _ change: (inout LiveResponse) -> Result
    ) -> (key: Digest, result: Result) {
        let key = key(id, translation)
        let ((result, isNew), evicted) = responses.update(key, at: translation.received, orInsert: LiveResponse()) {
            let isNew = !$0.isKnown
            $0.isKnown = true
            return (change(&$0), isNew)
        }
        if evicted != nil { evictions += 1 }
        if isNew {
            translation.conversation.beginResponse(key)
            translation.conversation.changeInterruptions { if $0.hasEnded { $0.isReplied = true } }
            confirmInterruptions(&translation)
        }
        return (key, result)
    }
}
