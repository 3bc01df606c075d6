/// The name of a section, the same in URLs, JSON, panels, rules and Grafana.
public enum SectionSlug: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// Sessions and their durations.
    case sessions
    /// Latency percentiles.
    case latency
    /// Tool calls.
    case tools
    /// Errors by category.
    case errors
    /// Audio quality.
    case audio
    /// Agent tasks and the bridge.
    case amplifier
}
