import VoiceMonitoring

extension AlertCatalogue {
    /// SPEC section 10.
    static let amplifierNumbers = [
        NumberAlert(
            number: .queueDepth, name: "VoiceTaskBacklog", warningSuffix: "", symptom: "task_backlog",
            meaning: "The number of waiting Amplifier tasks",
            grade: .init(specRule: "task_backlog") { _ in "Amplifier task queue backing up" })
    ]

    static let amplifier = [
        AlertRule(
            name: "VoiceAmplifierUnhealthy", severity: .critical, symptom: "bridge_health",
            // Read over a minute, so that one failed scrape does not begin the wait anew.
            expression:
                #"max without (state) (max_over_time(amplifier_voice_bridge_health{state="healthy"}[1m])) == 0"#,
            holdsFor: "1m", specRule: "amplifier_unhealthy", summary: "Amplifier bridge unhealthy",
            description: "The bridge of {{ $labels.instance }} reports that it is "
                + #"{{ range printf "amplifier_voice_bridge_health{job=%q,instance=%q} == 1" $labels.job "#
                + #"$labels.instance | query }}{{ .Labels.state }}{{ else }}not healthy{{ end }}."#),
        AlertRule(
            name: "VoiceBridgeHealthCheckStale", severity: .warning, symptom: "bridge_report",
            expression: "time() - amplifier_voice_bridge_last_health_check_timestamp_seconds > 120", holdsFor: "1m",
            summary: "Amplifier bridge does not report its health",
            description: "The bridge of {{ $labels.instance }} reported {{ $value | humanizeDuration }} ago."),
    ]
}
