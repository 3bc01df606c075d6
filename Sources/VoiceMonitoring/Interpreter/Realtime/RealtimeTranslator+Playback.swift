extension RealtimeTranslator {
    mutating func take(_ playback: RealtimePlayback, of id: String, _ translation: inout Translation) {
        translation.conversation.hasPlaybackEvents = true
        let key =
            switch playback {
            case .started: startPlayback(id, &translation)
            case .stopped: stopPlayback(id, &translation)
            case .cleared: clearPlayback(id, &translation)
            }
        settle(key, &translation)
    }

    private mutating func startPlayback(_ id: String, _ translation: inout Translation) -> Digest {
        let time = translation.time
        let (key, (isNews, hasEnded)) = change(id, &translation) { response in
            defer { response.hasBegunPlaying = true }
            response.playbackStarted.take(time)
            return (!response.hasBegunPlaying, response.hasEndedPlaying)
        }
        if isNews {
            if !hasEnded { translation.conversation.playing = key }
            takeSound(&translation)
        }
        return key
    }

    private mutating func stopPlayback(_ id: String, _ translation: inout Translation) -> Digest {
        let time = translation.time
        let key = change(id, &translation) { response in
            response.playbackStopped.take(time)
            response.hasEndedPlaying = true
        }.key
        if translation.conversation.playing == key { translation.conversation.playing = nil }
        return key
    }

    private mutating func clearPlayback(_ id: String, _ translation: inout Translation) -> Digest {
        let time = translation.time
        let (key, isNews) = change(id, &translation) { response in
            defer { response.isCut = true }
            response.hasEndedPlaying = true
            return !response.isCut
        }
        if translation.conversation.playing == key { translation.conversation.playing = nil }
        var isExpected = false
        translation.conversation.changeInterruptions { interruption in
            guard interruption.response == key else { return }
            isExpected = true
            interruption.isCut = true
            interruption.cleared.take(time)
        }
        if isNews, !isExpected, let time { translation.conversation.cut = Conversation.Cut(response: key, time: time) }
        react(&translation)
        return key
    }
}
