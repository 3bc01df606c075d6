import TestSupport
import Testing

@testable import PrometheusMetrics

struct HistogramTests {
    private let registry = Registry()

    struct Run: Sendable {
        var buckets: Buckets
        var observations: [Double]
        /// What follows the metadata.
        var samples: String
    }

    private static let runs = [
        Run(
            buckets: [0.1, 1], observations: [],
            samples: """
                x_bucket{le="0.1"} 0
                x_bucket{le="1.0"} 0
                x_bucket{le="+Inf"} 0
                x_sum 0
                x_count 0

                """),
        // Buckets are cumulative.
        Run(
            buckets: [0.5, 1, 2], observations: [0.25, 0.25, 0.75, 1.5, 8],
            samples: """
                x_bucket{le="0.5"} 2
                x_bucket{le="1.0"} 3
                x_bucket{le="2.0"} 4
                x_bucket{le="+Inf"} 5
                x_sum 10.75
                x_count 5

                """),
        // A bound belongs to its bucket.
        Run(
            buckets: [0.5, 1, 2], observations: [0.5, 1, 2],
            samples: """
                x_bucket{le="0.5"} 1
                x_bucket{le="1.0"} 2
                x_bucket{le="2.0"} 3
                x_bucket{le="+Inf"} 3
                x_sum 3.5
                x_count 3

                """),
        // The next number above a bound does not.
        Run(
            buckets: [0.5, 1], observations: [(0.5).nextUp, (1.0).nextUp],
            samples: """
                x_bucket{le="0.5"} 0
                x_bucket{le="1.0"} 1
                x_bucket{le="+Inf"} 2
                x_sum 1.5000000000000004
                x_count 2

                """),
        // What is not a number is not an observation.
        Run(
            buckets: [1], observations: [.nan, 0.5, -.nan, .signalingNaN],
            samples: """
                x_bucket{le="1.0"} 1
                x_bucket{le="+Inf"} 1
                x_sum 0.5
                x_count 1

                """),
        Run(
            buckets: [1], observations: [.infinity, 0.5],
            samples: """
                x_bucket{le="1.0"} 1
                x_bucket{le="+Inf"} 2
                x_sum +Inf
                x_count 2

                """),
        Run(
            buckets: [0], observations: [-1, 0, .leastNonzeroMagnitude],
            samples: """
                x_bucket{le="0.0"} 2
                x_bucket{le="+Inf"} 3
                x_sum -1
                x_count 3

                """),
        // A sum that can go down is no counter and left out.
        Run(
            buckets: [-1, 0, 1], observations: [-2, -1, -0.5, 0.5, 3, -.infinity],
            samples: """
                x_bucket{le="-1.0"} 3
                x_bucket{le="0.0"} 4
                x_bucket{le="1.0"} 5
                x_bucket{le="+Inf"} 6
                x_count 6

                """),
        // A bound is printed with a point or an exponent.
        Run(
            buckets: [1e-05, 0.0001, 0.025, 1, 2.5, 100000, 1e6, 2.5e9], observations: [1],
            samples: """
                x_bucket{le="1e-05"} 0
                x_bucket{le="0.0001"} 0
                x_bucket{le="0.025"} 0
                x_bucket{le="1.0"} 1
                x_bucket{le="2.5"} 1
                x_bucket{le="100000.0"} 1
                x_bucket{le="1e+06"} 1
                x_bucket{le="2.5e+09"} 1
                x_bucket{le="+Inf"} 1
                x_sum 1
                x_count 1

                """),
    ]

    @Test(arguments: runs)
    func `the shared and the plain form print the same cumulative buckets`(run: Run) throws {
        let shared = try registry.histogram("x", help: "Help.", buckets: run.buckets)
        var plain = HistogramValue(run.buckets)
        for observation in run.observations {
            shared.observe(observation)
            plain.observe(observation)
        }
        let text = "# HELP x Help.\n# TYPE x histogram\n" + run.samples
        #expect(registry.text == text)
        #expect(exposition(of: plain) == text)
    }

    @Test func `counts stay integers where other numbers take an exponent`() {
        var histogram = HistogramValue([1])
        for _ in 0..<1_000_000 { histogram.observe(1) }
        #expect(
            exposition(of: histogram) == """
                # HELP x Help.
                # TYPE x histogram
                x_bucket{le="1.0"} 1000000
                x_bucket{le="+Inf"} 1000000
                x_sum 1e+06
                x_count 1000000

                """)
    }

    @Test func `random observations are counted as if each bucket looked at all of them`() {
        var generator = SeededGenerator(seed: 4)
        let bounds = [0, 1, 2, 3, 5, 8, 13, 21].map(Double.init)
        // Every second observation is a bound or half-way between two integers.
        let observations = (0..<10_000).map { round in
            let value = Double.random(in: -1...30, using: &generator)
            return round.isMultiple(of: 2) ? value : (value * 2).rounded() / 2
        }
        var histogram = HistogramValue([0, 1, 2, 3, 5, 8, 13, 21])
        for observation in observations { histogram.observe(observation) }
        let buckets = bounds.map { bound in
            "x_bucket{le=\"\(bound)\"} \(observations.count { $0 <= bound })\n"
        }
        let sum = appended { NumberText.append(observations.reduce(0, +), to: &$0) } ?? ""
        #expect(
            exposition(of: histogram) == "# HELP x Help.\n# TYPE x histogram\n" + buckets.joined()
                + "x_bucket{le=\"+Inf\"} 10000\nx_sum \(sum)\nx_count 10000\n")
    }

    @Test func `observations from several tasks add up exactly`() async throws {
        let histogram = try registry.histogram("x", help: "Help.", buckets: [1, 2])
        await inParallel(rounds: 500) { task, _ in
            for _ in 0..<20 { histogram.observe(Double(task)) }
        }
        #expect(
            registry.text == """
                # HELP x Help.
                # TYPE x histogram
                x_bucket{le="1.0"} 20000
                x_bucket{le="2.0"} 30000
                x_bucket{le="+Inf"} 40000
                x_sum 60000
                x_count 40000

                """)
    }

    @Test func `sum and count of a copy agree while others observe`() async {
        let histogram = Histogram([1])
        let copies = await inParallel(rounds: 500) { _, _ in
            (0..<20).map { _ in
                histogram.observe(3)
                return histogram.value
            }
        }
        #expect(copies.joined().joined().allSatisfy { $0.sum == Double($0.count) * 3 })
        #expect(histogram.value.count == 40_000)
    }

    @Test func `a plain histogram survives JSON and counts on`() throws {
        var histogram = HistogramValue([0.1, 1])
        for observation in [0.05, 0.1, 7] { histogram.observe(observation) }
        var copy = try throughJSON(histogram)
        #expect(copy == histogram)
        copy.observe(1)
        #expect(copy.count == 4)
        #expect(copy.sum == histogram.sum + 1)
    }

    private static let misfits = [("[]", "[]"), ("[0]", "[]"), ("[0,0,0]", "[]"), ("[0,0]", "[null]")]

    @Test(arguments: misfits)
    func `stored counts or exemplars that do not fit the buckets are refused`(counts: String, exemplars: String) {
        #expect(throws: DecodingError.self) { try stored(counts: counts, exemplars: exemplars) }
    }

    @Test(arguments: ["[]", "[null,null]"])
    func `stored counts and exemplars that fit the buckets are read`(exemplars: String) throws {
        let histogram = try stored(counts: "[3,4]", exemplars: exemplars)
        #expect(histogram.count == 7)
        #expect(histogram.sum == 0.5)
    }

    private func stored(counts: String, exemplars: String) throws -> HistogramValue {
        try decoded(
            HistogramValue.self,
            fromJSON: #"{"buckets":[1],"sum":0.5,"counts":\#(counts),"exemplars":\#(exemplars)}"#)
    }
}
