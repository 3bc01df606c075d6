extension AlertCatalogue {
    /// SPEC's fourth goal, capacity planning.
    static let sessions = [
        AlertRule(
            name: "VoiceSessionsNearLimit", severity: .info, symptom: "capacity",
            expression: #"sum without (state) (amplifier_voice_sessions{state!="connecting"})"#
                + "\n/ amplifier_voice_sessions_limit > 0.8",
            holdsFor: "10m", summary: "Active sessions are near the limit",
            description:
                "{{ $labels.instance }} carries {{ $value | humanizePercentage }} of the sessions it is meant to.")
    ]
}
