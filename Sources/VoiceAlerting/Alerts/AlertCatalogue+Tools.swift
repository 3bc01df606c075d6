extension AlertCatalogue {
    /// The wait before tools run, which is in no duration of theirs.
    static let tools = [
        AlertRule(
            name: "VoiceToolQueueSlow", severity: .warning, symptom: "tool_queue",
            expression: "1000 * histogram_quantile(0.95, "
                + "rate(amplifier_voice_tool_queue_wait_seconds_bucket[1h])) > 5000\n"
                + "and increase(amplifier_voice_tool_queue_wait_seconds_count[1h]) >= 20",
            holdsFor: "5m", summary: "Tool calls wait long before they run",
            description: "The 95th percentile of the wait of tool calls of {{ $labels.instance }} over the last hour "
                + #"is {{ printf "%.0f" $value }} ms."#)
    ]
}
