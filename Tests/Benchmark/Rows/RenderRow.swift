import CAllocations
import PrometheusMetrics

/// Rendering an exposition to memory.
struct RenderRow: Row {
    let name = "render"

    func measure(rounds: Int) throws -> [Measurement] {
        let counters = try Workload.counterPage()
        let histograms = try Workload.histogramPage()
        var samples: (counters: [Double], histograms: [Double]) = ([], [])
        for _ in 0..<rounds {
            samples.counters.append(try Sample.render(counters, pages: 20, lines: 5_100).nanoseconds)
            samples.histograms.append(try Sample.render(histograms, pages: 1, lines: 98_200).nanoseconds)
        }
        return [
            Measurement(what: "render 5,100 counter lines", unit: "ns/line", samples: samples.counters),
            Measurement(what: "render 98,200 histogram lines", unit: "ns/line", samples: samples.histograms),
            try allocations(rounds),
        ]
    }

    /// What a family of a thousand histograms allocates more than one of ten.
    private func allocations(_ rounds: Int) throws -> Measurement {
        let (small, large) = (try Self.registry(children: 10), try Self.registry(children: 1_000))
        let samples = (0..<rounds).map { _ in Self.allocations(of: large) - Self.allocations(of: small) }
        return Measurement(
            what: "allocations of 14,000 lines over those of 140", unit: "", samples: samples, budget: 0)
    }

    private static func registry(children: Int) throws -> Registry {
        let registry = Registry()
        let buckets = try Buckets(Array(Workload.bounds.prefix(11)))
        let family = try registry.histogram("x", help: "X.", labels: Endpoint.self, buckets: buckets)
        for child in 0..<children { family[Endpoint(child)].observe(Workload.values[child]) }
        _ = registry.exposition()
        return registry
    }

    private static func allocations(of registry: Registry) -> Double {
        let before = allocation_count()
        _ = registry.exposition()
        return Double(allocation_count() - before)
    }
}
