import PrometheusMetrics

struct Tool: LabelSet {
    static let labelNames = ["tool"]

    var tool: String

    var labelValues: [String] { [tool] }
}

struct Route: LabelSet {
    static let labelNames = ["method", "path"]

    var method: String
    var path: String

    var labelValues: [String] { [method, path] }
}
