import VoiceMonitoring

extension AlertCatalogue {
    /// SPEC section 2, its messages from section 10.
    static let latencyNumbers = [
        percentile(.ttfaP50, "TTFA", 50),
        percentile(
            .ttfaP95, "TTFA", 95, warning: .init(specRule: "high_ttfa_p95") { "TTFA P95 exceeds \($0)" },
            critical: .init(specRule: "critical_ttfa_p95") { "TTFA P95 exceeds \($0) - user experience degraded" }),
        percentile(.ttfaP99, "TTFA", 99),
        percentile(.turnP50, "Turn", 50),
        percentile(.turnP95, "Turn", 95),
        percentile(.turnP99, "Turn", 99),
        component(.webrtcConnect, "latency.webrtc_connect_ms", "VoiceWebRTCConnect", "WebRTC connection"),
        component(.sessionCreate, "latency.session_create_ms", "VoiceSessionCreate", "OpenAI session creation"),
        component(.sdpExchange, "latency.sdp_exchange_ms", "VoiceSDPExchange", "SDP exchange"),
        component(.toolExecution, "latency.tool_exec_ms", "VoiceToolExecution", "tool execution"),
        component(.amplifierTask, "latency.amplifier_task_ms", "VoiceAmplifierTask", "Amplifier task completion"),
    ]

    /// What raw Realtime events tell of silence.
    static let latency = [
        AlertRule(
            name: "VoiceDeadAir", severity: .warning, symptom: "dead_air",
            expression: "sum without (cause) (increase(amplifier_voice_dead_air_total[5m])) > 2", holdsFor: "1m",
            summary: "Users hear nothing after they spoke",
            description: #"{{ printf "%.0f" $value }} turns of users of {{ $labels.instance }} "#
                + "in the last 5 minutes were followed by nothing audible.")
    ]

    private static func percentile(
        _ number: NumberID, _ latency: String, _ percent: Int, warning: NumberAlert.Grade? = nil,
        critical: NumberAlert.Grade? = nil
    ) -> NumberAlert {
        let what = latency == "TTFA" ? "the time to first audio" : "the turn latency"
        return NumberAlert(
            number: number, name: "Voice\(latency)P\(percent)", symptom: latency.lowercased(),
            meaning: "The \(percent)th percentile of \(what)",
            grade: .init(specRule: number.rawValue) { "\(latency) P\(percent) exceeds \($0)" }, warning: warning,
            critical: critical)
    }

    private static func component(
        _ number: NumberID, _ specRule: String, _ name: String, _ what: String
    ) -> NumberAlert {
        NumberAlert(
            number: number, name: name, symptom: number.field, meaning: "The median duration of \(what)",
            grade: .init(specRule: specRule) {
                "\(what.prefix(1).uppercased())\(what.dropFirst()) is slower than its target of \($0)"
            })
    }
}
