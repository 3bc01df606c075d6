import Foundation
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

/// Labels that take so long to look up that several tasks wait for the family's lock at once.
struct SlowTool: LabelSet {
    static let labelNames = ["tool"]

    var tool: String

    var labelValues: [String] { [tool] }

    func hash(into hasher: inout Hasher) {
        for _ in 0..<20 { sched_yield() }
        hasher.combine(tool)
    }
}
