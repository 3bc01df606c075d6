import VoiceMonitoring

@testable import VoiceSimulation

extension SimulatedTruth {
    /// The families that are compared, by their names in the exposition.
    static let families = [
        "agents_delegated", "benign_errors_total", "cost_dollars_total", "dead_air_seconds_count",
        "dead_air_seconds_sum", "dead_air_total", "errors_total", "interruption_reaction_seconds_count",
        "interruption_reaction_seconds_sum", "interruptions_orphaned_total", "interruptions_total",
        "response_cancellations_total", "responses_total", "session_ends_total", "sessions_merged_total",
        "time_to_answer_seconds_count", "time_to_answer_seconds_sum", "time_to_first_audio_seconds_count",
        "time_to_first_audio_seconds_sum", "tokens_total", "tool_calls_malformed_total", "tool_calls_requested_total",
        "tool_queue_wait_seconds_count", "tool_queue_wait_seconds_sum", "tool_results_delivered_total",
        "transcribed_audio_seconds_total", "turn_duration_seconds_count", "turn_duration_seconds_sum",
        "turn_playback_end_seconds_count", "turn_playback_end_seconds_sum", "vad_activations_total",
        "vad_false_positives_total",
    ]

    /// Every number as the exposition has it; what is not there is 0.
    var numbers: [String: Double] {
        var numbers: [String: Double] = [
            "vad_activations_total": Double(activations), "vad_false_positives_total": Double(falseActivations),
            "interruptions_orphaned_total": Double(orphanedInterruptions),
            "sessions_merged_total": Double(mergedSessions),
            "tool_calls_malformed_total": Double(malformedRequests),
            "transcribed_audio_seconds_total": transcribedSeconds.values.reduce(0, +),
            "cost_dollars_total{use=\"response\"}": dollars(isTranscription: false),
            "cost_dollars_total{use=\"transcription\"}": dollars(isTranscription: true),
        ]
        let durations = [
            "time_to_first_audio": firstAudio, "turn_duration": turns, "time_to_answer": answers,
            "turn_playback_end": playbackEnds, "interruption_reaction": reactions, "dead_air": deadAirLengths,
            "tool_queue_wait": queueWaits,
        ]
        for (name, durations) in durations {
            numbers["\(name)_seconds_count"] = Double(durations.count)
            numbers["\(name)_seconds_sum"] = durations.milliseconds / 1000
        }
        let counts = [
            ("interruptions_total", "outcome", interruptions), ("dead_air_total", "cause", deadAir),
            ("response_cancellations_total", "reason", cancellations), ("benign_errors_total", "code", benignErrors),
            ("tool_calls_requested_total", "tool", toolRequests), ("tool_results_delivered_total", "tool", toolResults),
            ("agents_delegated", "agent", delegations), ("session_ends_total", "reason", ends),
        ]
        for (name, label, counts) in counts {
            for (value, count) in counts { numbers["\(name){\(label)=\"\(value)\"}"] = Double(count) }
        }
        for (status, count) in responses { numbers["responses_total{status=\"\(status.rawValue)\"}"] = Double(count) }
        for (error, count) in errors {
            let names = error.split(separator: ":")
            numbers["errors_total{category=\"\(names[0])\",code=\"\(names[1])\"}"] = Double(count)
        }
        for (use, count) in tokens { numbers["tokens_total\(use.labels)", default: 0] += Double(count) }
        return numbers
    }

    private func dollars(isTranscription: Bool) -> Double {
        let used = tokens.filter { $0.key.isTranscription == isTranscription }
        let minutes = isTranscription ? transcribedSeconds.values.reduce(0, +) / 60 : 0
        return used.reduce(minutes * Self.dollarsPerMinute) { sum, used in
            sum + Double(used.value) / 1e6 * used.key.dollarsPerMillion
        }
    }

    /// `whisper-1`.
    private static let dollarsPerMinute = 0.006
}

extension SimulatedTruth.Use {
    fileprivate var labels: String {
        "{use=\"\(isTranscription ? "transcription" : "response")\",direction=\"\(tokens.direction.rawValue)\","
            + "modality=\"\(tokens.modality.rawValue)\",cached=\"\(tokens.caching.rawValue)\"}"
    }

    /// The vendor's prices of 23 November 2026 in US dollars.
    fileprivate var dollarsPerMillion: Double {
        let prices: [String: Double] =
            switch model {
            case "gpt-realtime-2025-08-28":
                [
                    "text input false": 4, "text input true": 0.4, "text output false": 16, "audio input false": 32,
                    "audio input true": 0.4, "audio output false": 64,
                ]
            case "gpt-realtime-mini-2025-10-06":
                [
                    "text input false": 0.6, "text input true": 0.06, "text output false": 2.4,
                    "audio input false": 10, "audio input true": 0.3, "audio output false": 20,
                ]
            case "gpt-4o-transcribe":
                ["audio input false": 2.5, "text output false": 10]
            default: [:]
            }
        let item = "\(tokens.modality.rawValue) \(tokens.direction.rawValue) \(tokens.caching.rawValue)"
        return prices[item] ?? .nan
    }
}
