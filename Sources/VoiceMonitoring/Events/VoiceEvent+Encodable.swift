extension VoiceEvent: Encodable {
    /// Writes one JSON object that `init(from:)` reads back as the same event.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: EventFields.Key.self)
        try fields.write("type", type.rawValue)
        try fields.write("session_id", session)
        try fields.write("id", id)
        try fields.write("at", at)
        switch kind {
        case .sessionConnecting, .sessionStarted, .sessionHeartbeat: break
        case .sessionState(let state): try fields.write("state", state)
        case .sessionEnded(let end): try end.write(to: &fields)
        case .sessionLinked(let link): try fields.write("aliases", link.aliases)
        case .latencySample(let sample): try sample.write(to: &fields)
        case .turnMark(let mark): try mark.write(to: &fields)
        case .toolRequested(let call), .toolStarted(let call): try call.write(to: &fields)
        case .toolFinished(let finish): try finish.write(to: &fields)
        case .error(let error): try error.write(to: &fields)
        case .taskQueued(let task), .taskStarted(let task), .taskAgentSpawned(let task): try task.write(to: &fields)
        case .taskProgress(let progress): try progress.write(to: &fields)
        case .taskFinished(let finish): try finish.write(to: &fields)
        case .bridgeStatus(let status): try status.write(to: &fields)
        case .audioStats(let report): try report.write(to: &fields)
        case .vad(let outcome): try fields.write("outcome", outcome.rawValue)
        case .sidebandLag(let milliseconds): try fields.write("lag_ms", milliseconds)
        case .realtime(let event): try event.write(to: &fields)
        }
    }
}

private typealias Fields = KeyedEncodingContainer<EventFields.Key>

extension Fields {
    /// Writes a field; one without a value is left out.
    fileprivate mutating func write(_ field: String, _ value: (some Encodable)?) throws {
        try encodeIfPresent(value, forKey: EventFields.Key(field))
    }
}

extension SessionEnd {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("duration_ms", durationMilliseconds)
        try fields.write("reason", reason)
        try fields.write("failed", failed ? true : nil)
    }
}

extension LatencySample {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("metric", metric)
        try fields.write("value_ms", milliseconds)
        try fields.write("turn_id", turnID)
    }
}

extension TurnMark {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("turn_id", turnID)
        try fields.write("mark", name)
        try fields.write("offset_ms", offsetMilliseconds)
    }
}

extension ToolCallStart {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("call_id", callID)
        try fields.write("tool_name", toolName)
        try fields.write("agent_name", agentName)
        try fields.write("instruction_preview", instructionPreview)
        try fields.write("queue_wait_ms", queueWaitMilliseconds)
    }
}

extension ToolCallFinish {
    fileprivate func write(to fields: inout Fields) throws {
        try call.write(to: &fields)
        try fields.write("success", success)
        try fields.write("duration_ms", durationMilliseconds)
        try fields.write("error", error)
        try fields.write("outcome", outcome == (success ? .success : .failed) ? nil : outcome)
    }
}

extension ReportedError {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("category", category)
        try fields.write("code", code)
        try fields.write("message", message)
        try fields.write("stack_trace", stackTrace)
        try fields.write("request_context", requestContext)
    }
}

extension TaskStart {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("task_id", taskID)
        try fields.write("agent_name", agentName)
        try fields.write("instruction_preview", instructionPreview)
    }
}

extension TaskProgress {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("task_id", taskID)
        try fields.write("status", status)
        try fields.write("progress_pct", percentage)
        try fields.write("current_step", currentStep)
    }
}

extension TaskFinish {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("task_id", taskID)
        try fields.write("duration_ms", durationMilliseconds)
        try fields.write("agent_name", agentName)
        try fields.write("error", error)
        try fields.write("reason", outcome == .timeout ? FailureReason.timeout : nil)
    }
}

extension BridgeStatus {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("initialized", initialized)
        try fields.write("tools_count", toolsCount)
        try fields.write("health_status", health)
        try fields.write("queue_depth", queueDepth)
        try fields.write("started_at", startedAt)
    }
}

extension AudioReport {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("packet_loss_pct", packetLossPercentage)
        try fields.write("jitter_ms", jitterMilliseconds)
        try fields.write("rtt_ms", roundTripMilliseconds)
        try fields.write("codec", codec)
        try fields.write("bitrate_kbps", bitrateKilobits)
        try fields.write("sample_rate_hz", sampleRateHertz)
        try fields.write("buffer_level_ms", bufferLevelMilliseconds)
        try fields.write("dropout_ms", dropoutMilliseconds)
        try fields.write("uplink_packet_loss_pct", uplinkLossPercentage)
        try fields.write("uplink_jitter_ms", uplinkJitterMilliseconds)
        try fields.write("packetsLost", counters.packetsLost)
        try fields.write("packetsReceived", counters.packetsReceived)
        try fields.write("bytesReceived", counters.bytesReceived)
        try fields.write("bytesSent", counters.bytesSent)
        try fields.write("buffer_underruns", counters.bufferUnderruns)
        try fields.write("vad_triggered_count", counters.vadActivations)
        try fields.write("false_positive_interrupts", counters.vadFalsePositives)
    }
}

extension RealtimeEvent {
    fileprivate func write(to fields: inout Fields) throws {
        try fields.write("event", event)
        try fields.write("source", source)
        try fields.write("received_ms", receivedMilliseconds)
    }
}
