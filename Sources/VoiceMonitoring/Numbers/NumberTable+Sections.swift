extension NumberTable {
    static let sessions = [
        row(.activeCount, .count, .now, #"sum without (state) (amplifier_voice_sessions{state!="connecting"})"#),
        row(.connectingCount, .count, .now, #"amplifier_voice_sessions{state="connecting"}"#),
        row(
            .totalToday, .count, .today,
            "increase(amplifier_voice_sessions_started_total[1d]) "
                + "- increase(amplifier_voice_sessions_merged_total[1d])"),
        row(
            .peakConcurrent, .count, .lastDay,
            #"max_over_time(sum without (state) (amplifier_voice_sessions{state!="connecting"})[1d:1m])"#),
        row(.avgSessionDuration, .milliseconds, .lastDay, mean("session_duration_seconds", "1d")),
        row(.medianSessionDuration, .milliseconds, .lastDay, quantile(50, "session_duration_seconds", "1d")),
    ]

    static let latency = [
        percentile(.ttfaP50, 50, "time_to_first_audio_seconds", .above(target: 400, warning: 600, critical: 1000)),
        percentile(.ttfaP95, 95, "time_to_first_audio_seconds", .above(target: 800, warning: 1200, critical: 2000)),
        percentile(.ttfaP99, 99, "time_to_first_audio_seconds", .above(target: 1500, warning: 2500, critical: 4000)),
        percentile(.turnP50, 50, "turn_duration_seconds", .above(target: 1500, warning: 2000, critical: 3000)),
        percentile(.turnP95, 95, "turn_duration_seconds", .above(target: 2500, warning: 3500, critical: 5000)),
        percentile(.turnP99, 99, "turn_duration_seconds", .above(target: 5000, warning: 7000, critical: 10_000)),
        component(.webrtcConnect, "webrtc_connect_duration_seconds", target: 500),
        component(.sessionCreate, "session_create_duration_seconds", target: 300),
        component(.sdpExchange, "sdp_exchange_duration_seconds", target: 400),
        component(.toolExecution, "tool_call_duration_seconds", by: "tool", target: 5000),
        component(.amplifierTask, "task_duration_seconds", by: "agent", target: 30_000),
    ]

    static let tools = [
        row(.totalCalls, .count, .sinceStart, "sum without (tool) (amplifier_voice_tool_calls_total)"),
        row(.callsLastHour, .count, .lastHour, "sum without (tool) (increase(amplifier_voice_tool_calls_total[1h]))"),
        row(
            .callsPerMinute, .perMinute, .lastFiveMinutes,
            perMinute("amplifier_voice_tool_calls_total", without: "tool")),
        row(.callsInProgress, .count, .now, "sum without (tool) (amplifier_voice_tool_calls_in_progress)"),
        row(
            .toolSuccessRate, .ratio, .lastHour,
            "1 - sum without (tool) (increase(amplifier_voice_tool_call_failures_total[1h])) "
                + "/ sum without (tool) (increase(amplifier_voice_tool_call_duration_seconds_count[1h]) > 0)"),
        row(.avgToolDuration, .milliseconds, .lastHour, mean("tool_call_duration_seconds", "1h", by: "tool")),
    ]

    static let errors =
        [
            row(
                .errorRate, .perMinute, .lastFiveMinutes, .above(warning: 5, critical: 20),
                perMinute("amplifier_voice_errors_total", without: "category, code")),
            row(
                .sessionFailureRate, .percent, .lastHour, minimumSamples: 10,
                samples: "increase(amplifier_voice_sessions_ended_total[1h])", .above(warning: 10, critical: 25),
                "100 * increase(amplifier_voice_sessions_failed_total[1h]) "
                    + "/ (increase(amplifier_voice_sessions_ended_total[1h]) > 0)"),
        ]
        + ErrorCategory.allCases.map { category in
            row(
                .errorRate(of: category), .perMinute, .lastFiveMinutes, errorThresholds(of: category),
                perMinute(
                    "amplifier_voice_errors_total{category=\"\(category.rawValue)\"}", without: "category, code"))
        }

    static let audio = [
        // Loss is that of the packets, or the mean of the reports where only those tell it; so is the guard.
        row(
            .packetLoss, .percent, .lastFiveMinutes, minimumSamples: 1000,
            judgedWhen: "(\(packets) >= 1000\n"
                + "or (increase(amplifier_voice_audio_packet_loss_ratio_count[5m]) >= \(minimumReports)\n"
                + "unless \(packets) > 0))",
            .above(target: 1, warning: 3),
            "100 * (increase(amplifier_voice_audio_packets_lost_total[5m]) / (\(packets) > 0) "
                + "or increase(amplifier_voice_audio_packet_loss_ratio_sum[5m]) "
                + "/ (increase(amplifier_voice_audio_packet_loss_ratio_count[5m]) > 0))"),
        reported(.jitter, "audio_jitter_seconds", .above(target: 30, warning: 50)),
        reported(.roundTrip, "audio_round_trip_time_seconds", .above(target: 100, warning: 200)),
        row(
            .meanOpinionScore, .score, .lastFiveMinutes, minimumSamples: minimumReports,
            samples: #"increase(amplifier_voice_audio_mos_score_count{model="spec"}[5m])"#,
            .below(target: 4.0, warning: 3.5), score("spec")),
        row(.meanOpinionScoreG107, .score, .lastFiveMinutes, score("g107")),
        row(
            .bitrate, .kilobitsPerSecond, .lastFiveMinutes,
            "8 / 1000 * rate(amplifier_voice_audio_received_bytes_total[5m])"),
        row(.bufferLevel, .milliseconds, .lastFiveMinutes, mean("audio_buffer_level_seconds", "5m")),
        row(
            .uplinkLoss, .percent, .lastFiveMinutes,
            "100 * increase(amplifier_voice_audio_uplink_packet_loss_ratio_sum[5m]) "
                + "/ (increase(amplifier_voice_audio_uplink_packet_loss_ratio_count[5m]) > 0)"),
        row(.uplinkJitter, .milliseconds, .lastFiveMinutes, mean("audio_uplink_jitter_seconds", "5m")),
        row(
            .bufferUnderrunsLastHour, .count, .lastHour, "increase(amplifier_voice_audio_buffer_underruns_total[1h])"),
        row(.vadActivations, .count, .sinceStart, "amplifier_voice_vad_activations_total"),
        row(.vadFalsePositives, .count, .sinceStart, "amplifier_voice_vad_false_positives_total"),
    ]

    static let amplifier = [
        row(.activeTasks, .count, .now, "sum without (status) (amplifier_voice_tasks_active)"),
        row(.queueDepth, .count, .now, .above(warning: 10), "amplifier_voice_task_queue_depth"),
        row(
            .completedLastHour, .count, .lastHour,
            "sum without (agent) (increase(amplifier_voice_tasks_finished_total[1h])) "
                + "- sum without (agent, reason) (increase(amplifier_voice_task_failures_total[1h]))"),
        row(
            .failedLastHour, .count, .lastHour,
            "sum without (agent, reason) (increase(amplifier_voice_task_failures_total[1h]))"),
        row(
            .taskSuccessRate, .ratio, .lastHour,
            "1 - sum without (agent, reason) (increase(amplifier_voice_task_failures_total[1h])) "
                + "/ (sum without (agent) (increase(amplifier_voice_tasks_finished_total[1h])) > 0)"),
        row(.avgTaskDuration, .milliseconds, .lastHour, mean("task_duration_seconds", "1h", by: "agent")),
        row(.uptime, .seconds, .now, "time() - amplifier_voice_bridge_start_time_seconds"),
    ]

    /// SPEC section 4, "Alert Thresholds", per minute.
    private static func errorThresholds(of category: ErrorCategory) -> Thresholds {
        switch category {
        case .infrastructure: .above(warning: 1, critical: 5)
        case .openaiAPI: .above(warning: 2, critical: 10)
        case .amplifier: .above(warning: 1, critical: 5)
        case .audio: .above(warning: 0.5, critical: 2)
        case .session: .above(warning: 0.5, critical: 2)
        }
    }

    private static func percentile(
        _ id: NumberID, _ percent: Int, _ family: String, _ thresholds: Thresholds
    ) -> MonitoredNumber {
        row(
            id, .milliseconds, .lastFiveMinutes, minimumSamples: minimumSamples(forPercentile: percent),
            samples: count(family, "5m"), thresholds, quantile(percent, family, "5m"),
            fleet: quantile(percent, family, "5m", by: "instance"))
    }

    /// A component has a target and no threshold.
    private static func component(
        _ id: NumberID, _ family: String, by label: String? = nil, target: Double
    ) -> MonitoredNumber {
        row(
            id, .milliseconds, .lastHour, minimumSamples: minimumSamples(forPercentile: 50),
            samples: count(family, "1h", by: label), .above(target: target), quantile(50, family, "1h", by: label))
    }

    /// The mean of what clients report of their audio.
    private static func reported(_ id: NumberID, _ family: String, _ thresholds: Thresholds) -> MonitoredNumber {
        row(
            id, .milliseconds, .lastFiveMinutes, minimumSamples: minimumReports, samples: count(family, "5m"),
            thresholds, mean(family, "5m"))
    }

    private static var packets: String {
        "(increase(amplifier_voice_audio_packets_lost_total[5m]) "
            + "+ increase(amplifier_voice_audio_packets_received_total[5m]))"
    }

    static func quantile(
        _ percent: Int, _ family: String, _ window: String, by label: String? = nil
    ) -> String {
        let rate = summed("rate(amplifier_voice_\(family)_bucket[\(window)])", without: label)
        return "1000 * histogram_quantile(\(Double(percent) / 100), \(rate))"
    }

    /// An increase is exact where a rate, which is a fraction of a second's, is not: a number on its bound stays there.
    private static func perMinute(_ selector: String, without labels: String) -> String {
        summed("increase(\(selector)[5m])", without: labels) + " / 5"
    }

    static func mean(_ family: String, _ window: String, by label: String? = nil) -> String {
        let sum = summed("increase(amplifier_voice_\(family)_sum[\(window)])", without: label)
        return "1000 * \(sum) / (\(count(family, window, by: label)) > 0)"
    }

    private static func count(_ family: String, _ window: String, by label: String? = nil) -> String {
        summed("increase(amplifier_voice_\(family)_count[\(window)])", without: label)
    }

    private static func score(_ model: String) -> String {
        "increase(amplifier_voice_audio_mos_score_sum{model=\"\(model)\"}[5m]) "
            + "/ (increase(amplifier_voice_audio_mos_score_count{model=\"\(model)\"}[5m]) > 0)"
    }

    private static func summed(_ expression: String, without label: String?) -> String {
        label.map { "sum without (\($0)) (\(expression))" } ?? expression
    }
}
