import CoreMetrics
import PrometheusMetrics
import PrometheusSwiftMetrics

/// What libraries count through swift-metrics, with instruments that they make anew each time.
struct LibraryStress {
    private let registry: Registry
    private let factory: PrometheusMetricsFactory
    private let tasks: Int
    private let rounds: Int

    init(_ registry: Registry, tasks: Int, rounds: Int) throws {
        self.registry = registry
        self.tasks = tasks
        self.rounds = rounds
        factory = try PrometheusMetricsFactory(registry: registry)
        // It comes before what would have its name.
        _ = CoreMetrics.Counter(label: "library.requests", dimensions: [], factory: factory)
    }

    func update(_ task: Int) {
        for round in 0..<rounds {
            let dimensions = [("round", "\(round % 16)")]
            CoreMetrics.Counter(label: "library.requests", dimensions: dimensions, factory: factory).increment()
            CoreMetrics.Timer(label: "library.time", dimensions: dimensions, factory: factory).recordNanoseconds(1_000)
            Meter(label: "library.level", dimensions: [], factory: factory).increment(by: 1)
            // A counter has this name: it is refused.
            Meter(label: "library.requests", dimensions: dimensions, factory: factory).set(1)
            let name = "library.\(task).\(round % 20)"
            CoreMetrics.Counter(label: name, dimensions: [], factory: factory).increment()
        }
    }

    func check() {
        let lines = String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n")
        let total = Double(tasks * rounds)
        demand(sum(lines, "library_requests_total{") == total, "Increments of libraries were lost.")
        demand(sum(lines, "library_time_seconds_count{") == total, "Times of libraries were lost.")
        demand(sum(lines, "library_level ") == total, "Levels of libraries were lost.")
        demand(sum(lines, "swift_metrics_refused_total ") == total, "Refusals were not counted.")
    }

    /// The sum of the samples whose lines begin so.
    private func sum(_ lines: [Substring], _ start: String) -> Double {
        lines.filter { $0.hasPrefix(start) }.reduce(0) { $0 + (Double($1.drop { $0 != " " }.dropFirst()) ?? .nan) }
    }
}
