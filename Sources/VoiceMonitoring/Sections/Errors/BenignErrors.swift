import PrometheusMetrics

/// The label of the family that counts benign errors.
struct BenignErrorLabel: LabelSet {
    static let labelNames = ["code"]
    var error: BenignError
    var labelValues: [String] { [error.rawValue] }
}

/// The metric family of errors that do no harm. They count in no rate and fail no session.
struct BenignErrorFamilies: SectionFamilies {
    let errors = FamilyDescriptor<CounterValue, BenignErrorLabel>(
        "amplifier_voice_benign_errors_total",
        help: "Errors of the Realtime API that do no harm, such as cancelling a response that is over.",
        labels: BenignErrorLabel.self)

    var erased: [AnyFamilyDescriptor] { [errors.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        writer.write(errors, snapshot.state.errors.benign.counters { BenignErrorLabel(error: $0) })
    }
}
