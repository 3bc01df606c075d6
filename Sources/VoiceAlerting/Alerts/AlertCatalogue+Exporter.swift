extension AlertCatalogue {
    /// The alerts about the exporter itself.
    static let exporter = [
        AlertRule(
            name: "VoiceExporterDown", severity: .critical, symptom: "exporter_down",
            expression: "up\(targets) == 0", holdsFor: "1m", summary: "Exporter cannot be scraped",
            description: "Prometheus gets no metrics from {{ $labels.instance }} (up is {{ $value }}): "
                + "nothing is known of its sessions."),
        AlertRule(
            name: "VoiceExporterAbsent", severity: .critical, symptom: "exporter_absent",
            expression: "absent(up\(targets))", holdsFor: "5m", summary: "No exporter is scraped",
            description:
                "Prometheus has no target whose job's name holds amplifier-voice: nothing is known of any session."),
        AlertRule(
            name: "VoiceExporterErrors", severity: .warning, symptom: "exporter_errors",
            expression: "sum without (cause) (increase(amplifier_voice_exporter_errors_total[5m])) / 5 > 0",
            holdsFor: "5m",
            summary: "Exporter fails at its own work",
            description: #"The exporter {{ $labels.instance }} has {{ printf "%.2f" $value }} failures per minute."#),
        AlertRule(
            name: "VoiceEventsRejected", severity: .warning, symptom: "events_rejected",
            expression: "sum without (reason) "
                + "(increase(amplifier_voice_exporter_ingest_rejected_events_total[5m])) / 5 > 0",
            holdsFor: "5m", summary: "Exporter refuses events",
            description: #"The exporter {{ $labels.instance }} refuses {{ printf "%.2f" $value }} events per minute: "#
                + "what they tell is missing from every number."),
        AlertRule(
            name: "VoiceServerRestarting", severity: .warning, symptom: "restarts",
            expression: "changes(process_start_time_seconds\(targets)[15m]) > 2",
            summary: "Exporter restarts repeatedly",
            description: "{{ $labels.instance }} restarted {{ $value }} times in the last 15 minutes."),
        AlertRule(
            name: "VoiceLabelOverflow", severity: .info, symptom: "label_overflow",
            expression: "increase(amplifier_voice_exporter_label_overflows_total[1h]) > 0",
            summary: "Names of tools or agents are counted as other",
            description: "{{ $labels.instance }} met more values of the label {{ $labels.label }} than have a place: "
                + #"{{ printf "%.0f" $value }} uses in the last hour count as other."#),
        AlertRule(
            name: "VoiceSSESlow", severity: .info, symptom: "stream_delay",
            expression: "1000 * histogram_quantile(0.95, "
                + "rate(amplifier_voice_exporter_sse_delivery_delay_seconds_bucket[5m])) > 100\n"
                + "and increase(amplifier_voice_exporter_sse_delivery_delay_seconds_count[5m]) >= 20",
            holdsFor: "10m", specRule: "SSE latency", summary: "Live stream is slower than its target of 100ms",
            description:
                #"The 95th percentile of the delivery delay of {{ $labels.instance }} is {{ printf "%.0f" $value }} ms"#
                + " over the last 5 minutes."),
        AlertRule(
            name: "Watchdog", severity: .none, symptom: "watchdog", expression: "vector(1)",
            summary: "Alerting works",
            description: "This alert always fires (its value is {{ $value }}): "
                + "where it does not arrive, alerting is broken."),
    ]
}
