/// What a client measured of its audio: the readings of SPEC's `AudioQualityMetrics` and counters of WebRTC's getStats.
///
/// Every reading is optional; what is missing is no sample.
public struct AudioReport: Equatable, Sendable {
    /// Packets lost, in percent; the counters win where there are any.
    public var packetLossPercentage: Double?
    /// Jitter in milliseconds.
    public var jitterMilliseconds: Double?
    /// Round-trip time in milliseconds.
    public var roundTripMilliseconds: Double?
    /// The codec.
    public var codec: String?
    /// The bitrate in kbit/s; computed from the bytes where it is not told.
    public var bitrateKilobits: Double?
    /// The sample rate in Hz.
    public var sampleRateHertz: Int?
    /// The depth of the playback buffer in milliseconds.
    public var bufferLevelMilliseconds: Double?
    /// Audio that dropped out since the report before, in milliseconds.
    public var dropoutMilliseconds: Double?
    /// Packets that were lost on the way from the client, in percent, as the receiver reports it (RTCP).
    public var uplinkLossPercentage: Double?
    /// Jitter on the way from the client, in milliseconds, as the receiver reports it (RTCP).
    public var uplinkJitterMilliseconds: Double?
    /// Counters that only grow while a session lasts.
    public var counters: AudioCounters

    /// Creates a report without readings.
    public init(counters: AudioCounters = AudioCounters()) {
        self.counters = counters
    }
}

/// Counts since a session's audio began, as the client has them.
public struct AudioCounters: Codable, Equatable, Sendable {
    /// getStats `packetsLost`; it can go down, and below zero.
    public var packetsLost: Double?
    /// getStats `packetsReceived`.
    public var packetsReceived: Double?
    /// getStats `bytesReceived`.
    public var bytesReceived: Double?
    /// getStats `bytesSent`.
    public var bytesSent: Double?
    /// Times that playback ran out of audio.
    public var bufferUnderruns: Double?
    /// Activations of the voice activity detection.
    public var vadActivations: Double?
    /// Activations that were none of the user's speech.
    public var vadFalsePositives: Double?

    /// Creates counters that are all unknown.
    public init() {}
}

/// What an activation of the voice activity detection turned out to be.
public enum VADOutcome: String, CaseIterable, Equatable, Sendable {
    /// The user spoke.
    case speech
    /// The user did not.
    case falsePositive = "false_positive"
}
