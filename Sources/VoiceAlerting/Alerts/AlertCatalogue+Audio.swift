import VoiceMonitoring

extension AlertCatalogue {
    /// SPEC section 5, its messages from section 10.
    static let audioNumbers = [
        NumberAlert(
            number: .packetLoss, name: "VoicePacketLoss", symptom: "packet_loss", meaning: "The packet loss",
            grade: .init(specRule: "audio.packet_loss_pct") { "Packet loss exceeds \($0)" },
            warning: .init(specRule: "high_packet_loss") { "Packet loss exceeds \($0)" }),
        NumberAlert(
            number: .jitter, name: "VoiceJitter", symptom: "jitter", meaning: "The mean jitter",
            grade: .init(specRule: "audio.jitter_ms") { "Jitter exceeds \($0)" }),
        NumberAlert(
            number: .roundTrip, name: "VoiceRoundTripTime", symptom: "round_trip_time",
            meaning: "The mean round-trip time",
            grade: .init(specRule: "audio.rtt_ms") { "Round-trip time exceeds \($0)" }),
        NumberAlert(
            number: .meanOpinionScore, name: "VoiceAudioQuality", warningSuffix: "Poor", symptom: "audio_quality",
            meaning: "The mean opinion score",
            grade: .init(specRule: "audio.mos_score") { "Audio quality degraded - MOS below \($0)" },
            warning: .init(specRule: "poor_audio_quality") { "Audio quality degraded - MOS below \($0)" }),
    ]

    static let audio = [
        AlertRule(
            name: "VoiceAudioReportsMissing", severity: .info, symptom: "audio_reports_missing",
            expression: #"sum without (state) (amplifier_voice_sessions{state=~"active|tool_executing"}) > 0"# + "\n"
                + #"unless sum without (kind) "#
                + #"(increase(amplifier_voice_exporter_ingest_events_total{kind="audio.stats"}[5m])) > 0"#,
            holdsFor: "10m", summary: "No client reports its audio quality",
            description: "{{ $labels.instance }} has {{ $value }} sessions in conversation "
                + "and no report of their audio in the last 5 minutes."),
        AlertRule(
            name: "VoiceOrphanedInterruptions", severity: .info, symptom: "orphaned_interruptions",
            expression: "increase(amplifier_voice_interruptions_orphaned_total[1h]) > 2",
            summary: "Noise cuts off replies and nothing takes their place",
            description: #"{{ printf "%.0f" $value }} replies of {{ $labels.instance }} in the last hour "#
                + "were cut off by no speech, and nothing followed."),
    ]
}
