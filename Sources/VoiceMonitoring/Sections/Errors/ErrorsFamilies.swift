import PrometheusMetrics

extension ErrorsSection.Code: LabelSet {
    static let labelNames = ["category", "code"]
    var labelValues: [String] { [category.rawValue, code] }
}

/// The metric families of the errors section.
struct ErrorsFamilies: SectionFamilies {
    let errors = FamilyDescriptor<CounterValue, ErrorsSection.Code>(
        "amplifier_voice_errors_total", help: "Errors by category and code.", labels: ErrorsSection.Code.self)

    var erased: [AnyFamilyDescriptor] { [errors.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        writer.write(errors, snapshot.state.errors.totals)
    }
}
