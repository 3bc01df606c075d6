/// A server event of the OpenAI Realtime API that a browser or a server received and forwards.
public struct RealtimeEvent: Equatable, Sendable {
    /// Over what the event was received. Both carry the same session's events; the sideband's reader may be late.
    public enum Source: String, CaseIterable, Codable, Sendable {
        /// The data channel of the browser.
        case browser
        /// The WebSocket of the voice server.
        case sideband
    }

    /// What is used of the event.
    public var event: RealtimeServerEvent
    /// Over what it was received, where the sender says so.
    public var source: Source?
    /// The sender's monotonic clock in milliseconds, when it received the event; all events of one source share it.
    public var receivedMilliseconds: Double?

    /// Creates an event.
    public init(_ event: RealtimeServerEvent, source: Source? = nil, receivedMilliseconds: Double? = nil) {
        self.event = event
        self.source = source
        self.receivedMilliseconds = receivedMilliseconds
    }
}

/// What is used of a server event: a bounded part of it, under the names of the generally available interface.
public enum RealtimeServerEvent: Equatable, Sendable {
    /// `session.created` and `session.updated`.
    case session(RealtimeSession)
    /// `input_audio_buffer.speech_started`.
    case speechStarted(RealtimeSpeech)
    /// `input_audio_buffer.speech_stopped`.
    case speechStopped(RealtimeSpeech)
    /// `conversation.item.input_audio_transcription.completed` and `.failed`.
    case transcribed(RealtimeTranscription)
    /// `response.created`.
    case responseCreated(id: String)
    /// Another event that shows that a response exists, such as `response.output_item.added`.
    case responseSeen(id: String)
    /// The first pieces of what a response says: deltas of audio, of its transcript and of text.
    case responseOutput(id: String, RealtimeOutput)
    /// `output_audio_buffer.started`, `.stopped` and `.cleared`.
    case playback(id: String, RealtimePlayback)
    /// A whole function call: `response.output_item.done`, `response.function_call_arguments.done`.
    case toolRequested(RealtimeToolRequest)
    /// An item with the result of a function call was added to the conversation.
    case toolResult(callID: String)
    /// `response.done`.
    case responseDone(RealtimeResponseEnd)
    /// `rate_limits.updated`.
    case rateLimits([RealtimeRateLimit])
    /// `error`.
    case error(RealtimeError)
    /// An event that nothing here is interested in, or of a type that is not known.
    case other
    /// An event that lacks what would make it usable, such as the id of its item.
    case unusable
}

/// What a piece of a response is.
public enum RealtimeOutput: Equatable, Sendable {
    /// Audio.
    case audio
    /// The words of the audio.
    case transcript
    /// Text that is not spoken.
    case text
}

/// What happened to the audio that the server streams.
public enum RealtimePlayback: Equatable, Sendable {
    /// It began.
    case started
    /// It ended.
    case stopped
    /// It was cut off.
    case cleared
}
