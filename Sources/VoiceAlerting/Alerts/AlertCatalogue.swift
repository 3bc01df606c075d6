import VoiceMonitoring

/// All alerts. One on a number with thresholds is a line in its section's list; any other is a rule of its own there.
enum AlertCatalogue {
    /// The alerts on numbers of the table.
    static let numbers = latencyNumbers + errorsNumbers + audioNumbers + amplifierNumbers

    /// The alerts of a section that are not about a number's threshold.
    static func alerts(of section: SectionSlug) -> [AlertRule] {
        switch section {
        case .sessions: sessions
        case .latency: latency
        case .tools: tools
        case .errors: errors
        case .audio: audio
        case .amplifier: amplifier
        }
    }

    /// The targets of a scrape: the job's name must hold `amplifier-voice`.
    static let targets = #"{job=~".*amplifier-voice.*"}"#
}
