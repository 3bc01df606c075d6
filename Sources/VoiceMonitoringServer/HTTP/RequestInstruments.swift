import PrometheusMetrics

/// Requests that were refused, and the exporter's own failures.
struct RequestInstruments: Sendable {
    struct ReasonLabel: LabelSet {
        static let labelNames = ["reason"]
        var reason: RequestFailure.Code
        var labelValues: [String] { [reason.rawValue] }
    }

    struct CauseLabel: LabelSet {
        static let labelNames = ["cause"]
        var cause: Cause
        var labelValues: [String] { [cause.rawValue] }
    }

    /// What can go wrong in the exporter itself.
    enum Cause: String, CaseIterable {
        /// A request could not be answered.
        case request
        /// A stream's message could not be made.
        case stream
    }

    private let refused: Family<ReasonLabel, Counter>
    private let errors: Family<CauseLabel, Counter>

    init(_ registry: Registry) throws {
        refused = try registry.counter(
            "amplifier_voice_exporter_refused_requests_total", help: "Requests that were refused, by reason.",
            labels: ReasonLabel.self)
        errors = try registry.counter(
            "amplifier_voice_exporter_errors_total", help: "Failures of the exporter itself, by cause.",
            labels: CauseLabel.self)
        refused.create(RequestFailure.Code.allCases.map { ReasonLabel(reason: $0) })
        errors.create(Cause.allCases.map { CauseLabel(cause: $0) })
    }

    func count(_ failure: RequestFailure) {
        refused[ReasonLabel(reason: failure.code)].increment()
    }

    func count(_ cause: Cause) {
        errors[CauseLabel(cause: cause)].increment()
    }
}
