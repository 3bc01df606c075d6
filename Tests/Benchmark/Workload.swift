import PrometheusMetrics

/// The labels that all programs of the comparison use.
struct Endpoint: LabelSet {
    static let labelNames = ["method", "path"]

    var method: String
    var path: String

    var labelValues: [String] { [method, path] }

    /// The labels of a child by its number.
    init(_ child: Int) {
        method = ["GET", "POST", "PUT", "DELETE"][child % 4]
        path = "/api/v1/resources/" + Workload.twoDigits(child / 4)
    }
}

/// What all programs of the comparison do alike; Peers/README.md says it in words.
enum Workload {
    static let bounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]

    /// 4,096 values, evenly spread over the thirteen buckets.
    static let values: [Double] = {
        var state: UInt64 = 0
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 0x1p53
        }
        return (0..<4096).map { _ in
            let bucket = Int(next() * 13)
            let lower = bucket > 0 ? bounds[bucket - 1] : 0
            let upper = bucket < 12 ? bounds[bucket] : 50
            return lower + (upper - lower) * next()
        }
    }()

    static func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    /// 50 families of 100 counters: 5,100 lines.
    static func counterPage() throws -> Registry {
        let registry = Registry()
        for family in 0..<50 {
            let counters = try registry.counter(
                "http_requests_\(twoDigits(family))_total", help: "Requests that were answered.",
                labels: Endpoint.self)
            for child in 0..<100 {
                counters[Endpoint(child)].increment(by: UInt64((family * 100 + child) * 7919 % 1_000_003))
            }
        }
        return registry
    }

    /// 100 families of 70 histograms of 11 bounds: 98,200 lines.
    static func histogramPage() throws -> Registry {
        let registry = Registry()
        let buckets = try Buckets(Array(bounds.prefix(11)))
        for family in 0..<100 {
            let histograms = try registry.histogram(
                "http_duration_\(twoDigits(family))_seconds", help: "Time to answer requests.",
                labels: Endpoint.self, buckets: buckets)
            for child in 0..<70 {
                let histogram = histograms[Endpoint(child)]
                for observation in 0..<5 {
                    histogram.observe(values[(family * 350 + child * 5 + observation) % 4096])
                }
            }
        }
        return registry
    }

    static func lineCount(_ page: [UInt8]) -> Int { page.count { $0 == UInt8(ascii: "\n") } }
}
