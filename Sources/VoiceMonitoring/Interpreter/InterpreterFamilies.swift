import PrometheusMetrics

/// The label of a family that counts by bounded table.
struct TableLabel: LabelSet {
    static let labelNames = ["table"]
    var table: InterpreterCounts.Table
    var labelValues: [String] { [table.rawValue] }
}

/// The metric families of what the interpreter ignored, replaced or gave up.
struct InterpreterFamilies: SectionFamilies {
    let evictions = FamilyDescriptor<CounterValue, TableLabel>(
        "amplifier_voice_exporter_evictions_total",
        help: "Entries that were forgotten early because a bounded table was full.", labels: TableLabel.self)
    let replacedTimes = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_replaced_event_times_total",
        help: "Event times that were more than five minutes off and replaced by the time of receipt.")
    let repeatedEnds = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_repeated_session_ends_total",
        help: "Session ends that were ignored because the session had ended or was never known.")
    let lateEvents = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_exporter_late_session_events_total",
        help: "Events that named a session after its end and did not open it again.")

    var erased: [AnyFamilyDescriptor] {
        [evictions.erased, replacedTimes.erased, repeatedEnds.erased, lateEvents.erased]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let counts = snapshot.state.interpreter.counts
        let tables = InterpreterCounts.Table.allCases.map { table in
            (TableLabel(table: table), CounterValue(counts.evictions[table] ?? 0))
        }
        writer.write(evictions, Dictionary(uniqueKeysWithValues: tables))
        writer.write(replacedTimes, CounterValue(counts.replacedTimes))
        writer.write(repeatedEnds, CounterValue(counts.repeatedEnds))
        writer.write(lateEvents, CounterValue(counts.lateEvents))
    }
}
