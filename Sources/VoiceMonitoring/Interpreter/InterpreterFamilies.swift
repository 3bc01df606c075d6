import PrometheusMetrics

/// The label of a family that counts by bounded table.
struct TableLabel: LabelSet {
    static let labelNames = ["table"]
    var table: InterpreterCounts.Table
    var labelValues: [String] { [table.rawValue] }
}

/// The label of the family that counts names without a place.
struct OverflowLabel: LabelSet {
    static let labelNames = ["label"]
    var label: String
    var labelValues: [String] { [label] }
}

/// The metric families of what the interpreter ignored, replaced or gave up.
struct InterpreterFamilies: SectionFamilies {
    let evictions = FamilyDescriptor<CounterValue, TableLabel>(
        "amplifier_voice_exporter_evictions_total",
        help: "Entries that were forgotten early because a bounded table was full.", labels: TableLabel.self)
    let expirations = FamilyDescriptor<CounterValue, TableLabel>(
        "amplifier_voice_exporter_expirations_total",
        help: "Calls, requests of calls and tasks whose end was never told.", labels: TableLabel.self)
    let overflows = FamilyDescriptor<CounterValue, OverflowLabel>(
        "amplifier_voice_exporter_label_overflows_total",
        help: "Uses of names that count as other because their label has no place left.", labels: OverflowLabel.self)
    let replacedTimes = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_replaced_event_times_total",
        help: "Event times that were more than five minutes off and replaced by the time of receipt.")
    let repeatedEnds = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_repeated_session_ends_total",
        help: "Session ends that were ignored because the session had ended or was never known.")
    let lateEvents = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_late_session_events_total",
        help: "Events that named a session after its end and did not open it again.")
    let unusableRealtimeEvents = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_unusable_realtime_events_total",
        help: "Raw Realtime events that were ignored because they lack an id or another field that they need.")
    let refusedLinks = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_refused_session_links_total",
        help: "Ids that were not linked to a session because they are another session's or too many.")

    var erased: [AnyFamilyDescriptor] {
        [
            evictions.erased, expirations.erased, overflows.erased, replacedTimes.erased, repeatedEnds.erased,
            lateEvents.erased, unusableRealtimeEvents.erased, refusedLinks.erased,
        ]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let interpreter = snapshot.state.interpreter
        let counts = interpreter.counts
        var evicted = counts.evictions
        evicted[.realtime] = interpreter.realtime.evictions
        writer.write(evictions, children(evicted, InterpreterCounts.Table.allCases))
        writer.write(expirations, children(counts.expirations, [.calls, .requests, .tasks]))
        writer.write(
            overflows,
            [
                OverflowLabel(label: "tool"): CounterValue(interpreter.toolNames.overflows),
                OverflowLabel(label: "agent"): CounterValue(interpreter.agentNames.overflows),
            ])
        writer.write(replacedTimes, CounterValue(counts.replacedTimes))
        writer.write(repeatedEnds, CounterValue(counts.repeatedEnds))
        writer.write(lateEvents, CounterValue(counts.lateEvents))
        writer.write(unusableRealtimeEvents, CounterValue(counts.unusableRealtimeEvents))
        writer.write(refusedLinks, CounterValue(counts.refusedLinks))
    }

    private func children(
        _ counts: [InterpreterCounts.Table: UInt64], _ tables: [InterpreterCounts.Table]
    ) -> [TableLabel: CounterValue] {
        Dictionary(uniqueKeysWithValues: tables.map { (TableLabel(table: $0), CounterValue(counts[$0] ?? 0)) })
    }
}
