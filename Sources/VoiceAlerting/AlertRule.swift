/// A condition of which operators are told.
struct AlertRule: Equatable {
    /// Who is told, and how soon (SPEC section 10).
    enum Severity: String {
        /// Slack and PagerDuty, at once.
        case critical
        /// Slack, within half an hour.
        case warning
        /// The dashboards only.
        case info
        /// Not an alert about the voice service: it always fires, so that its absence can be noticed.
        case none
    }

    /// The name, which is also the heading in the runbook.
    var name: String
    var severity: Severity
    /// What an operator notices; alerts of one symptom are grades of one problem, and the greater silences the lesser.
    var symptom: String
    /// A query that gives one sample for each instance concerned.
    var expression: String
    /// How long it must give one before operators are told.
    var holdsFor: String?
    /// The name of SPEC's alert or metric, where it has one.
    var specRule: String?
    /// One line; SPEC's message, where it has one.
    var summary: String
    /// Sentences with the value, as a template of Prometheus.
    var description: String
}
