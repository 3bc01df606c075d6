/// A latency that a sender measured itself.
public struct LatencySample: Equatable, Sendable {
    /// The latencies that a sender may report.
    public enum Metric: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// Time to first audio: from the end of the user's speech to the beginning of playback.
        case ttfa
        /// Full turn latency: from the end of the user's speech to the complete response.
        case turn
        /// Setting up the WebRTC connection.
        case webrtcConnect = "webrtc_connect"
        /// Creating the session at OpenAI.
        case sessionCreate = "session_create"
        /// Exchanging the session descriptions.
        case sdpExchange = "sdp_exchange"
    }

    /// What was measured.
    public var metric: Metric
    /// The latency in milliseconds.
    public var milliseconds: Double
    /// The turn it belongs to, within the session.
    public var turnID: String?

    /// Creates a sample.
    public init(_ metric: Metric, milliseconds: Double, turnID: String? = nil) {
        self.metric = metric
        self.milliseconds = milliseconds
        self.turnID = turnID
    }
}
