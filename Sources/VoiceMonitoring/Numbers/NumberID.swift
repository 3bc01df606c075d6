/// The names of all numbers that are shown: the section's slug, a dot, and the field in the section's JSON.
public enum NumberID: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    // swift-format-ignore-begin: AllPublicDeclarationsHaveDocumentation
    case activeCount = "sessions.active_count"
    case connectingCount = "sessions.connecting_count"
    case totalToday = "sessions.total_today"
    case peakConcurrent = "sessions.peak_concurrent_24h"
    case avgSessionDuration = "sessions.avg_duration_ms"
    case medianSessionDuration = "sessions.median_duration_ms"
    case nextExpiry = "sessions.next_expiry_seconds"
    case costTotal = "sessions.cost_total_usd"
    case costPerMinute = "sessions.cost_per_minute_usd"
    case costPerSession = "sessions.cost_per_session_usd"
    case unpricedUsage = "sessions.unpriced_count"
    case cacheHitRatio = "sessions.cache_hit_ratio"
    case ttfaP50 = "latency.ttfa_p50"
    case ttfaP95 = "latency.ttfa_p95"
    case ttfaP99 = "latency.ttfa_p99"
    case turnP50 = "latency.turn_p50"
    case turnP95 = "latency.turn_p95"
    case turnP99 = "latency.turn_p99"
    case webrtcConnect = "latency.webrtc_connect"
    case sessionCreate = "latency.session_create"
    case sdpExchange = "latency.sdp_exchange"
    case toolExecution = "latency.tool_execution"
    case amplifierTask = "latency.amplifier_task"
    case timeToAnswerP50 = "latency.time_to_answer_p50"
    case timeToAnswerP95 = "latency.time_to_answer_p95"
    case turnPlaybackEndP50 = "latency.turn_playback_end_p50"
    case turnPlaybackEndP95 = "latency.turn_playback_end_p95"
    case ttfaTranscription = "latency.ttfa_transcription"
    case ttfaRequest = "latency.ttfa_request"
    case ttfaModel = "latency.ttfa_model"
    case deadAirTotal = "latency.dead_air_total"
    case deadAirLastHour = "latency.dead_air_last_hour"
    case deadAirLengthP95 = "latency.dead_air_length_p95"
    case totalCalls = "tools.total_calls"
    case callsLastHour = "tools.calls_last_hour"
    case callsPerMinute = "tools.calls_per_minute"
    case callsInProgress = "tools.in_progress"
    case toolSuccessRate = "tools.success_rate"
    case avgToolDuration = "tools.avg_duration_ms"
    case callsRequested = "tools.requested_count"
    case resultsDelivered = "tools.delivered_count"
    case callsMalformed = "tools.malformed_count"
    case avgQueueWait = "tools.queue_wait_avg"
    case queueWaitP95 = "tools.queue_wait_p95"
    case errorRate = "errors.total_errors_per_minute"
    case sessionFailureRate = "errors.session_failure_rate"
    case infrastructureErrorRate = "errors.infrastructure_per_minute"
    case openaiAPIErrorRate = "errors.openai_api_per_minute"
    case amplifierErrorRate = "errors.amplifier_per_minute"
    case audioErrorRate = "errors.audio_per_minute"
    case sessionErrorRate = "errors.session_per_minute"
    case benignErrorsLastHour = "errors.benign_last_hour"
    case tokenHeadroom = "errors.tokens_headroom_ratio"
    case requestHeadroom = "errors.requests_headroom_ratio"
    case packetLoss = "audio.packet_loss_pct"
    case jitter = "audio.jitter_ms"
    case roundTrip = "audio.rtt_ms"
    case meanOpinionScore = "audio.mos_score"
    case meanOpinionScoreG107 = "audio.mos_g107"
    case bitrate = "audio.bitrate_kbps"
    case bufferLevel = "audio.buffer_level_ms"
    case bufferUnderrunsLastHour = "audio.buffer_underruns_last_hour"
    case vadActivations = "audio.vad_triggered_count"
    case vadFalsePositives = "audio.false_positive_interrupts"
    case interruptionsLastHour = "audio.interruptions_last_hour"
    case falseInterruptionRatio = "audio.false_interruption_ratio"
    case orphanedLastHour = "audio.orphaned_last_hour"
    case interruptionReactionP50 = "audio.interruption_reaction_p50"
    case interruptionReactionP95 = "audio.interruption_reaction_p95"
    case activeTasks = "amplifier.active_count"
    case queueDepth = "amplifier.queue_depth"
    case completedLastHour = "amplifier.completed_last_hour"
    case failedLastHour = "amplifier.failed_last_hour"
    case taskSuccessRate = "amplifier.success_rate"
    case avgTaskDuration = "amplifier.avg_duration_ms"
    case uptime = "amplifier.session_uptime_seconds"
    // swift-format-ignore-end

    /// The field in the section's JSON.
    public var field: String { String(rawValue.split(separator: ".")[1]) }

    static func errorRate(of category: ErrorCategory) -> NumberID {
        switch category {
        case .infrastructure: .infrastructureErrorRate
        case .openaiAPI: .openaiAPIErrorRate
        case .amplifier: .amplifierErrorRate
        case .audio: .audioErrorRate
        case .session: .sessionErrorRate
        }
    }
}
