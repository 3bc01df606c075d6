/// A turn reached a mark.
public struct TurnMark: Equatable, Sendable {
    /// The eight marks of a turn (SPEC section 2).
    public enum Name: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// The voice activity detection saw the end of the user's speech.
        case speechEndDetected = "speech_end_detected"
        /// The user's speech is text.
        case transcriptionComplete = "transcription_complete"
        /// The model began to answer.
        case llmFirstToken = "llm_first_token"
        /// A tool began.
        case toolCallStarted = "tool_call_started"
        /// A tool ended.
        case toolCallComplete = "tool_call_complete"
        /// The first audio was generated.
        case ttsFirstByte = "tts_first_byte"
        /// The client began to play audio.
        case audioPlaybackStart = "audio_playback_start"
        /// The full response was delivered.
        case responseComplete = "response_complete"
    }

    /// The turn within the session.
    public var turnID: String
    /// The mark it reached.
    public var name: Name
    /// The sender's monotonic clock in milliseconds; all marks of one turn share it.
    public var offsetMilliseconds: Double?

    /// Creates a mark.
    public init(_ name: Name, turnID: String, offsetMilliseconds: Double? = nil) {
        self.name = name
        self.turnID = turnID
        self.offsetMilliseconds = offsetMilliseconds
    }
}
