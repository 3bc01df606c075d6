import PrometheusMetrics

/// A label of which there are sixteen values.
struct TaskLabel: LabelSet {
    static let labelNames = ["task"]
    static let count = 16
    var task: Int
    var labelValues: [String] { [String(task)] }

    init(task: Int) {
        self.task = task
    }

    /// The label of a task's round: every task comes by all of them.
    init(task: Int, round: Int) {
        self.task = (task + round) % Self.count
    }
}
