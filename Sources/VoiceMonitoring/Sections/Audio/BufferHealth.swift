/// Whether the playback buffer outlasts the packets that come late.
public enum BufferHealth: String, Encodable, Sendable {
    /// It is deeper than the jitter.
    case healthy
    /// It is not, so that playback is about to run out of audio.
    case low

    /// Judges a buffer by its depth and the jitter, both in milliseconds. Without a jitter any depth is enough.
    init(level: Double, jitter: Double?) {
        self = level > jitter ?? 0 ? .healthy : .low
    }
}
