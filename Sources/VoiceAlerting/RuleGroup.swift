/// Rules that Prometheus evaluates one after the other: first what is recorded, then the alerts that read it.
struct RuleGroup: Equatable {
    /// A query whose result is kept under a name.
    struct Recording: Equatable {
        /// `level:metric:operations`.
        var name: String
        var expression: String
    }

    var name: String
    var recordings: [Recording] = []
    var alerts: [AlertRule] = []
    /// How often it is evaluated.
    var interval = "15s"

    static func + (first: RuleGroup, second: RuleGroup) -> RuleGroup {
        RuleGroup(
            name: first.name, recordings: first.recordings + second.recordings, alerts: first.alerts + second.alerts,
            interval: first.interval)
    }
}
