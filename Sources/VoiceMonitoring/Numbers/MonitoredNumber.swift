/// A number that is shown: what it means, when it is judged, and how Prometheus computes the same.
public struct MonitoredNumber: Sendable {
    /// The units in which numbers are shown.
    public enum Unit: String, Codable, Sendable {
        /// Things.
        case count
        /// Milliseconds.
        case milliseconds
    }

    /// The stretches of time that numbers cover.
    public enum Window: String, Codable, Sendable {
        /// This moment.
        case now
        /// The last five minutes.
        case lastFiveMinutes = "5m"
        /// The last hour.
        case lastHour = "1h"
        /// The last 24 hours.
        case lastDay = "24h"
        /// Since local midnight.
        case today
    }

    /// The number's name: the section's slug and the field in its JSON.
    public let id: NumberID
    /// The unit.
    public let unit: Unit
    /// The window.
    public let window: Window
    /// The fewest samples in the window from which the number is judged.
    public let minimumSamples: Int
    /// The bounds, where SPEC has any.
    public let thresholds: Thresholds?
    /// The query that gives the same number for one instance.
    public let promQL: String
}

/// The names of all numbers that are shown: the section's slug, a dot, and the field in the section's JSON.
public enum NumberID: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// Connected sessions.
    case activeCount = "sessions.active_count"
    /// Sessions being set up.
    case connectingCount = "sessions.connecting_count"
    /// Sessions since midnight.
    case totalToday = "sessions.total_today"
    /// The most sessions at once.
    case peakConcurrent = "sessions.peak_concurrent_24h"
    /// The mean duration of sessions.
    case avgDuration = "sessions.avg_duration_ms"
    /// The median duration of sessions.
    case medianDuration = "sessions.median_duration_ms"
    /// Time to first audio, median.
    case ttfaP50 = "latency.ttfa_p50"
    /// Time to first audio, 95th percentile.
    case ttfaP95 = "latency.ttfa_p95"
    /// Time to first audio, 99th percentile.
    case ttfaP99 = "latency.ttfa_p99"
    /// Full turn latency, median.
    case turnP50 = "latency.turn_p50"
    /// Full turn latency, 95th percentile.
    case turnP95 = "latency.turn_p95"
    /// Full turn latency, 99th percentile.
    case turnP99 = "latency.turn_p99"
    /// Setting up the WebRTC connection, median.
    case webrtcConnect = "latency.webrtc_connect"
    /// Creating the session, median.
    case sessionCreate = "latency.session_create"
    /// Exchanging session descriptions, median.
    case sdpExchange = "latency.sdp_exchange"

    /// The field in the section's JSON.
    public var field: String { String(rawValue.split(separator: ".")[1]) }
}
