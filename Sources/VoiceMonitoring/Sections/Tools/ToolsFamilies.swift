import PrometheusMetrics

/// The label of a family that counts by tool.
struct ToolLabel: LabelSet {
    static let labelNames = ["tool"]
    var tool: String
    var labelValues: [String] { [tool] }
}

/// The metric families of the tools section.
struct ToolsFamilies: SectionFamilies {
    /// Seconds.
    static let durationBuckets: Buckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 7.5, 10, 20, 30, 60]

    let calls = FamilyDescriptor<CounterValue, ToolLabel>(
        "amplifier_voice_tool_calls_total", help: "Tool calls that began.", labels: ToolLabel.self)
    let failures = FamilyDescriptor<CounterValue, ToolLabel>(
        "amplifier_voice_tool_call_failures_total", help: "Tool calls that ended without success.",
        labels: ToolLabel.self)
    let duration = FamilyDescriptor<HistogramValue, ToolLabel>(
        "amplifier_voice_tool_call_duration_seconds", help: "How long tool calls ran, failed ones included.",
        labels: ToolLabel.self)
    let inProgress = FamilyDescriptor<GaugeValue, ToolLabel>(
        "amplifier_voice_tool_calls_in_progress", help: "Tool calls that run now.", labels: ToolLabel.self)
    let lastCall = FamilyDescriptor<GaugeValue, ToolLabel>(
        "amplifier_voice_tool_last_call_timestamp_seconds", help: "When a tool was last called, in Unix time.",
        labels: ToolLabel.self)

    var erased: [AnyFamilyDescriptor] {
        [calls.erased, failures.erased, duration.erased, inProgress.erased, lastCall.erased]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let tools = snapshot.state.tools.tools
        let open = snapshot.openCalls
        writer.write(calls, tools.labelled { _, tool in tool.calls })
        writer.write(failures, tools.labelled { _, tool in tool.failures })
        writer.write(duration, tools.labelled { _, tool in tool.durations })
        writer.write(inProgress, tools.labelled { name, _ in GaugeValue(open[name] ?? 0) })
        writer.write(lastCall, tools.labelled { _, tool in tool.lastCalled.map { GaugeValue($0.shown.unixSeconds) } })
    }
}

extension [String: ToolsSection.Tool] {
    fileprivate func labelled<Child>(_ child: (String, ToolsSection.Tool) -> Child?) -> [ToolLabel: Child] {
        let children = compactMap { name, tool in child(name, tool).map { (ToolLabel(tool: name), $0) } }
        return Dictionary<ToolLabel, Child>(uniqueKeysWithValues: children)
    }
}
