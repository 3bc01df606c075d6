extension AlertCatalogue {
    /// SPEC's fourth goal, capacity planning; and money.
    static let sessions = [
        AlertRule(
            name: "VoiceSessionsNearLimit", severity: .info, symptom: "capacity",
            expression: #"sum without (state) (amplifier_voice_sessions{state!="connecting"})"#
                + "\n/ amplifier_voice_sessions_limit > 0.8",
            holdsFor: "10m", summary: "Active sessions are near the limit",
            description:
                "{{ $labels.instance }} carries {{ $value | humanizePercentage }} of the sessions it is meant to."),
        AlertRule(
            name: "VoiceUsageUnpriced", severity: .info, symptom: "unpriced_usage",
            expression: "sum without (reason) (increase(amplifier_voice_unpriced_usage_total[1h])) > 0",
            summary: "The cost of some usage is unknown",
            description: #"The cost of {{ printf "%.0f" $value }} responses and transcriptions of "#
                + "{{ $labels.instance }} in the last hour is unknown: the sums of money lack them."),
    ]
}
