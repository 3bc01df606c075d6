extension VoiceEvent: Decodable {
    /// Reads one JSON object. Keys that no event has are ignored.
    ///
    /// - Throws: `EventRefusal`, which names the field.
    public init(from decoder: any Decoder) throws {
        let fields = try EventFields(decoder)
        guard let typeName = try fields.optionalString("type") else { throw fields.missing("type") }
        guard let type = EventType(rawValue: typeName) else {
            throw EventRefusal(.unknownType, field: "type", "is not a known event type.")
        }
        session = try fields.optionalIdentifier("session_id", length: EventLimits.entityIDLength)
        if type.needsSession, session == nil { throw fields.missing("session_id") }
        kind = try Kind(type, fields)
        id = try fields.optionalIdentifier("id", length: EventLimits.eventIDLength)
        at = try fields.optionalWallTime("at")
    }
}

extension VoiceEvent.Kind {
    fileprivate init(_ type: EventType, _ fields: EventFields) throws(EventRefusal) {
        self =
            switch type {
            case .sessionConnecting: .sessionConnecting
            case .sessionStarted: .sessionStarted
            case .sessionHeartbeat: .sessionHeartbeat
            case .sessionState: .sessionState(try fields.choice("state"))
            case .sessionEnded: .sessionEnded(try SessionEnd(fields))
            case .sessionLinked: .sessionLinked(try SessionLink(fields))
            case .latencySample: .latencySample(try LatencySample(fields))
            case .turnMark: .turnMark(try TurnMark(fields))
            case .toolRequested: .toolRequested(try ToolCallStart(fields))
            case .toolStarted: .toolStarted(try ToolCallStart(fields))
            case .toolFinished: .toolFinished(try ToolCallFinish(fields))
            case .error: .error(try ReportedError(fields))
            case .taskQueued: .taskQueued(try TaskStart(fields, agentName: fields.optionalText("agent_name")))
            case .taskStarted: .taskStarted(try TaskStart(fields, agentName: fields.text("agent_name")))
            case .taskAgentSpawned: .taskAgentSpawned(try TaskStart(fields, agentName: fields.text("agent_name")))
            case .taskProgress: .taskProgress(try TaskProgress(fields))
            case .taskCompleted: .taskFinished(try TaskFinish(fields, .success))
            case .taskFailed: .taskFinished(try TaskFinish(failure: fields))
            case .bridgeStatus: .bridgeStatus(try BridgeStatus(fields))
            case .audioStats: .audioStats(try AudioReport(event: fields))
            case .vad: .vad(try fields.choice("outcome"))
            case .sidebandLag: .sidebandLag(milliseconds: try fields.milliseconds("lag_ms"))
            case .realtimeEvent: .realtime(try RealtimeEvent(fields))
            }
    }
}

extension SessionEnd {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            durationMilliseconds: try fields.optionalMilliseconds("duration_ms"),
            reason: try fields.optionalString("reason"),
            failed: try fields.optionalFlag("failed") ?? false)
    }
}

extension SessionLink {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            aliases: try fields.identifiers("aliases", length: EventLimits.entityIDLength, count: EventLimits.aliases))
    }
}

extension LatencySample {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            try fields.choice("metric"),
            milliseconds: try fields.milliseconds("value_ms"),
            turnID: try fields.optionalIdentifier("turn_id", length: EventLimits.entityIDLength))
    }
}

extension TurnMark {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            try fields.choice("mark"),
            turnID: try fields.identifier("turn_id", length: EventLimits.entityIDLength),
            offsetMilliseconds: try fields.optionalNumber("offset_ms", in: EventLimits.offset))
    }
}

extension ToolCallStart {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            callID: try fields.identifier("call_id", length: EventLimits.entityIDLength),
            toolName: try fields.text("tool_name"),
            agentName: try fields.optionalText("agent_name"),
            instructionPreview: try fields.optionalString("instruction_preview"),
            queueWaitMilliseconds: try fields.optionalMilliseconds("queue_wait_ms"))
    }
}

extension ToolCallFinish {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            try ToolCallStart(fields),
            success: try fields.flag("success"),
            durationMilliseconds: try fields.milliseconds("duration_ms"),
            error: try fields.optionalString("error"),
            outcome: try fields.optionalChoice("outcome"))
    }
}

extension ReportedError {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            category: try fields.choice("category"),
            code: try fields.text("code"),
            message: try fields.text("message"),
            stackTrace: try fields.optionalString("stack_trace"),
            requestContext: try fields.optionalContext("request_context"))
    }
}

extension TaskStart {
    fileprivate init(_ fields: EventFields, agentName: String?) throws(EventRefusal) {
        self.init(
            taskID: try fields.identifier("task_id", length: EventLimits.entityIDLength),
            agentName: agentName,
            instructionPreview: try fields.optionalString("instruction_preview"))
    }
}

extension TaskProgress {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            taskID: try fields.identifier("task_id", length: EventLimits.entityIDLength),
            status: try fields.optionalChoice("status"),
            percentage: try fields.optionalNumber("progress_pct", in: EventLimits.percentage),
            currentStep: try fields.optionalString("current_step"))
    }
}

extension TaskFinish {
    fileprivate init(_ fields: EventFields, _ outcome: Outcome) throws(EventRefusal) {
        self.init(
            taskID: try fields.identifier("task_id", length: EventLimits.entityIDLength),
            outcome: outcome,
            durationMilliseconds: try fields.optionalMilliseconds("duration_ms"),
            agentName: try fields.optionalText("agent_name"),
            error: try fields.optionalString("error"))
    }

    fileprivate init(failure fields: EventFields) throws(EventRefusal) {
        let reason = try fields.optionalChoice("reason", of: FailureReason.self)
        try self.init(fields, reason == .timeout ? .timeout : .failure)
    }
}

extension BridgeStatus {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            initialized: try fields.flag("initialized"),
            toolsCount: try fields.count("tools_count"),
            health: try fields.choice("health_status"),
            queueDepth: try fields.optionalCount("queue_depth"),
            startedAt: try fields.optionalWallTime("started_at"))
    }
}

extension AudioReport {
    fileprivate init(event fields: EventFields) throws(EventRefusal) {
        try self.init(fields)
        guard self != AudioReport() else {
            throw EventRefusal(.missingField, field: "jitter_ms", "or another reading is required.")
        }
    }

    init(_ fields: EventFields) throws(EventRefusal) {
        self.init(counters: try AudioCounters(fields))
        packetLossPercentage = try fields.optionalNumber("packet_loss_pct", in: EventLimits.percentage)
        jitterMilliseconds = try fields.optionalNumber("jitter_ms", in: EventLimits.jitter)
        roundTripMilliseconds = try fields.optionalNumber("rtt_ms", in: EventLimits.roundTripTime)
        codec = try fields.optionalText("codec")?.cut(toScalars: EventLimits.nameLength)
        bitrateKilobits = try fields.optionalNumber("bitrate_kbps", in: EventLimits.count)
        sampleRateHertz = try fields.optionalCount("sample_rate_hz")
        bufferLevelMilliseconds = try fields.optionalMilliseconds("buffer_level_ms")
        dropoutMilliseconds = try fields.optionalMilliseconds("dropout_ms")
        uplinkLossPercentage = try fields.optionalNumber("uplink_packet_loss_pct", in: EventLimits.percentage)
        uplinkJitterMilliseconds = try fields.optionalNumber("uplink_jitter_ms", in: EventLimits.jitter)
    }
}

extension AudioCounters {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        packetsLost = try fields.optionalNumber("packetsLost", in: EventLimits.packetsLost)
        packetsReceived = try fields.optionalNumber("packetsReceived", in: EventLimits.count)
        bytesReceived = try fields.optionalNumber("bytesReceived", in: EventLimits.count)
        bytesSent = try fields.optionalNumber("bytesSent", in: EventLimits.count)
        bufferUnderruns = try fields.optionalNumber("buffer_underruns", in: EventLimits.count)
        vadActivations = try fields.optionalNumber("vad_triggered_count", in: EventLimits.count)
        vadFalsePositives = try fields.optionalNumber("false_positive_interrupts", in: EventLimits.count)
    }
}

extension RealtimeEvent {
    fileprivate init(_ fields: EventFields) throws(EventRefusal) {
        self.init(
            try fields.realtimeEvent("event"),
            source: try fields.optionalChoice("source"),
            receivedMilliseconds: try fields.optionalNumber("received_ms", in: EventLimits.offset))
    }
}
