// The numbers that only raw Realtime events tell.
extension NumberTable {
    static let usage = [
        row(
            .nextExpiry, .seconds, .now,
            "clamp_min(amplifier_voice_session_next_expiry_timestamp_seconds - time(), 0)"),
        row(.costTotal, .dollars, .sinceStart, "sum without (use) (amplifier_voice_cost_dollars_total)"),
        row(
            .costPerMinute, .dollarsPerMinute, .lastFiveMinutes,
            "60 * sum without (use) (rate(amplifier_voice_cost_dollars_total[5m]))"),
        row(
            .costPerSession, .dollars, .lastDay,
            "increase(amplifier_voice_session_cost_dollars_sum[1d]) "
                + "/ (increase(amplifier_voice_session_cost_dollars_count[1d]) > 0)"),
        row(.unpricedUsage, .count, .sinceStart, "sum without (reason) (amplifier_voice_unpriced_usage_total)"),
        row(
            .cacheHitRatio, .ratio, .lastHour,
            inputTokens(#",cached="true""#) + " / (" + inputTokens("") + " > 0)"),
    ]

    static let turns = [
        row(.timeToAnswerP50, .milliseconds, .lastFiveMinutes, quantile(50, "time_to_answer_seconds", "5m")),
        row(.timeToAnswerP95, .milliseconds, .lastFiveMinutes, quantile(95, "time_to_answer_seconds", "5m")),
        row(.turnPlaybackEndP50, .milliseconds, .lastFiveMinutes, quantile(50, "turn_playback_end_seconds", "5m")),
        row(.turnPlaybackEndP95, .milliseconds, .lastFiveMinutes, quantile(95, "turn_playback_end_seconds", "5m")),
        row(.ttfaTranscription, .milliseconds, .lastHour, part("transcription")),
        row(.ttfaRequest, .milliseconds, .lastHour, part("request")),
        row(.ttfaModel, .milliseconds, .lastHour, part("model")),
        row(.deadAirTotal, .count, .sinceStart, "sum without (cause) (amplifier_voice_dead_air_total)"),
        row(
            .deadAirLastHour, .count, .lastHour, "sum without (cause) (increase(amplifier_voice_dead_air_total[1h]))"),
        row(.deadAirLengthP95, .milliseconds, .lastHour, quantile(95, "dead_air_seconds", "1h")),
        row(.sidebandLagP95, .milliseconds, .lastHour, quantile(95, "sideband_lag_seconds", "1h")),
    ]

    static let toolRequests = [
        row(
            .callsRequested, .count, .sinceStart,
            "sum without (tool) (amplifier_voice_tool_calls_requested_total)"),
        row(
            .resultsDelivered, .count, .sinceStart,
            "sum without (tool) (amplifier_voice_tool_results_delivered_total)"),
        row(.callsMalformed, .count, .sinceStart, "amplifier_voice_tool_calls_malformed_total"),
        row(.avgQueueWait, .milliseconds, .lastHour, mean("tool_queue_wait_seconds", "1h")),
        row(.queueWaitP95, .milliseconds, .lastHour, quantile(95, "tool_queue_wait_seconds", "1h")),
    ]

    static let interface = [
        row(
            .benignErrorsLastHour, .count, .lastHour,
            "sum without (code) (increase(amplifier_voice_benign_errors_total[1h]))"),
        row(.tokenHeadroom, .ratio, .now, headroom("tokens")),
        row(.requestHeadroom, .ratio, .now, headroom("requests")),
    ]

    static let interruptions = [
        row(.interruptionsLastHour, .count, .lastHour, interruptionsInHour),
        row(
            .falseInterruptionRatio, .ratio, .lastHour,
            "1 - sum without (outcome) (increase(amplifier_voice_interruptions_total{outcome=\"confirmed\"}[1h])) "
                + "/ (\(interruptionsInHour) > 0)"),
        row(
            .orphanedLastHour, .count, .lastHour, "increase(amplifier_voice_interruptions_orphaned_total[1h])"),
        row(.interruptionReactionP50, .milliseconds, .lastHour, quantile(50, "interruption_reaction_seconds", "1h")),
        row(.interruptionReactionP95, .milliseconds, .lastHour, quantile(95, "interruption_reaction_seconds", "1h")),
    ]

    private static let interruptionsInHour =
        "sum without (outcome) (increase(amplifier_voice_interruptions_total[1h]))"

    private static func inputTokens(_ selectors: String) -> String {
        "sum without (modality, cached) "
            + #"(increase(amplifier_voice_tokens_total{use="response",direction="input"\#(selectors)}[1h]))"#
    }

    private static func part(_ part: String) -> String {
        "1000 * histogram_quantile(0.5, "
            + "rate(amplifier_voice_time_to_first_audio_part_seconds_bucket{part=\"\(part)\"}[1h]))"
    }

    private static func headroom(_ limit: String) -> String {
        "amplifier_voice_rate_limit_remaining{limit=\"\(limit)\"} "
            + "/ (amplifier_voice_rate_limit_maximum{limit=\"\(limit)\"} > 0)"
    }
}
