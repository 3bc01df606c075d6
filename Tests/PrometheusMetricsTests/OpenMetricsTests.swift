import PrometheusMetrics
import Testing

@Suite struct OpenMetricsTests {
    private let registry = Registry()

    private func exposition() -> String { String(decoding: registry.exposition(.openMetrics), as: UTF8.self) }

    @Test func `an empty registry is only its end`() {
        #expect(exposition() == "# EOF\n")
    }

    @Test func `a counter's family has no suffix and its sample has`() throws {
        let counter = try registry.counter("calls_total", help: #"Calls to "x"."#)
        counter.increment(by: 3)
        #expect(
            exposition() == """
                # TYPE calls counter
                # HELP calls Calls to \\"x\\".
                calls_total 3
                # EOF

                """)
    }

    @Test func `a unit that ends the name has its line`() throws {
        try registry.gauge("uptime_seconds", help: "Time.").set(2.5)
        _ = try registry.counter("read_bytes_total", help: "Bytes.")
        #expect(
            exposition() == """
                # TYPE read_bytes counter
                # UNIT read_bytes bytes
                # HELP read_bytes Bytes.
                read_bytes_total 0
                # TYPE uptime_seconds gauge
                # UNIT uptime_seconds seconds
                # HELP uptime_seconds Time.
                uptime_seconds 2.5
                # EOF

                """)
    }

    @Test func `the last exemplar of a bucket stands behind it, here and not in the text format`() throws {
        let latency = try registry.histogram("latency_seconds", help: "Latency.", buckets: [0.5, 1])
        latency.observe(0.2, exemplar: Exemplar(Tool(tool: "first"), value: 0.2, unixSeconds: 1_769_860_800.5))
        latency.observe(0.3, exemplar: Exemplar(Tool(tool: #"a"b\c"#), value: 0.3, unixSeconds: 1_769_860_800.5))
        latency.observe(0.4)
        latency.observe(7, exemplar: Exemplar(Tool(tool: "slow"), value: 7, unixSeconds: 1_769_860_801))
        #expect(
            exposition() == #"""
                # TYPE latency_seconds histogram
                # UNIT latency_seconds seconds
                # HELP latency_seconds Latency.
                latency_seconds_bucket{le="0.5"} 3 # {tool="a\"b\\c"} 0.3 1.7698608005e+09
                latency_seconds_bucket{le="1.0"} 3
                latency_seconds_bucket{le="+Inf"} 4 # {tool="slow"} 7 1.769860801e+09
                latency_seconds_sum 7.9
                latency_seconds_count 4
                # EOF

                """#)
        #expect(!String(decoding: registry.exposition(.text), as: UTF8.self).contains(" # "))
    }

    @Test func `a histogram without a sum has no count either`() throws {
        let below = try registry.histogram("below", help: "Bounds below zero.", buckets: [-1, 1])
        let fallen = try registry.histogram("fallen", help: "A sum below zero.", buckets: [1])
        for histogram in [below, fallen] { histogram.observe(-2) }
        #expect(
            exposition() == """
                # TYPE below histogram
                # HELP below Bounds below zero.
                below_bucket{le="-1.0"} 1
                below_bucket{le="1.0"} 1
                below_bucket{le="+Inf"} 1
                # TYPE fallen histogram
                # HELP fallen A sum below zero.
                fallen_bucket{le="1.0"} 1
                fallen_bucket{le="+Inf"} 1
                # EOF

                """)
    }

    /// OpenMetrics 1.0.0 allows 128 characters of names and values together; `tool` has four.
    @Test(arguments: [(124, true), (125, false)])
    func `an exemplar that is too long is left out`(length: Int, isKept: Bool) {
        let exemplar = Exemplar(Tool(tool: String(repeating: "é", count: length)), value: 1, unixSeconds: 0)
        #expect((exemplar != nil) == isKept)
    }
}
