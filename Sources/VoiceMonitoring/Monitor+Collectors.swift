// The eight collectors of SPEC section 9, `collectors.py`, for voice servers that record in process.

extension Monitor {
    /// Records that a session began: `record_session_start`.
    public func recordSessionStart(sessionID: String) {
        record(VoiceEvent(.sessionStarted, session: sessionID))
    }

    /// Records that a session ended: `record_session_end`.
    public func recordSessionEnd(sessionID: String, durationMilliseconds: Double) {
        record(
            VoiceEvent(.sessionEnded(SessionEnd(durationMilliseconds: durationMilliseconds)), session: sessionID))
    }

    /// Records a latency that was measured: `record_latency_sample`.
    public func recordLatencySample(_ type: LatencySample.Metric, valueMilliseconds: Double, sessionID: String) {
        record(VoiceEvent(.latencySample(LatencySample(type, milliseconds: valueMilliseconds)), session: sessionID))
    }

    /// Records an error: `record_error`.
    public func recordError(category: ErrorCategory, code: String, message: String, sessionID: String? = nil) {
        record(
            VoiceEvent(.error(ReportedError(category: category, code: code, message: message)), session: sessionID))
    }

    /// Records a tool call that ended: `record_tool_call`. Its id is made up, so each call of this method counts one.
    public func recordToolCall(
        toolName: String, durationMilliseconds: Double, success: Bool, sessionID: String, agentName: String? = nil
    ) {
        var random = SystemRandomNumberGenerator()
        let id = "call-" + String(random.next(), radix: 16) + String(random.next(), radix: 16)
        let call = ToolCallStart(callID: id, toolName: toolName, agentName: agentName)
        let finish = ToolCallFinish(call, success: success, durationMilliseconds: durationMilliseconds)
        record(VoiceEvent(.toolFinished(finish), session: sessionID))
    }

    /// Records that an agent task began: `record_task_start`.
    public func recordTaskStart(_ task: TaskStart, sessionID: String? = nil) {
        record(VoiceEvent(.taskStarted(task), session: sessionID))
    }

    /// Records that an agent task ended: `record_task_end`.
    public func recordTaskEnd(taskID: String, success: Bool, durationMilliseconds: Double) {
        let finish = TaskFinish(
            taskID: taskID, outcome: success ? .success : .failure, durationMilliseconds: durationMilliseconds)
        record(VoiceEvent(.taskFinished(finish)))
    }

    /// Records what a client measured of its audio: `record_audio_stats`.
    public func recordAudioStats(_ report: AudioReport, sessionID: String) {
        record(VoiceEvent(.audioStats(report), session: sessionID))
    }
}
