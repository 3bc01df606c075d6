import Synchronization
import Testing

@testable import PrometheusMetrics

struct CreatedTests {
    /// A second later each time it is asked.
    private final class Time: Sendable {
        private let seconds = Atomic<Int>(1_769_860_800)

        func next() -> Double { Double(seconds.wrappingAdd(1, ordering: .relaxed).newValue) }
    }

    private let registry: Registry

    init() throws {
        let time = Time()
        registry = Registry(createdAt: { time.next() })
        let calls = try registry.counter("calls_total", help: "Calls.", labels: Tool.self)
        calls[Tool(tool: "b")].increment(by: 2)
        calls[Tool(tool: "a")].increment()
        _ = try registry.histogram("wait_seconds", help: "Wait.", buckets: [1])
        _ = try registry.gauge("load", help: "Load.")
        _ = try registry.counter("plain_total", help: "Plain.")
    }

    @Test func `OpenMetrics tells when counters and histograms were created, once a registry has a clock`() {
        #expect(
            String(decoding: registry.exposition(.openMetrics), as: UTF8.self) == """
                # TYPE calls counter
                # HELP calls Calls.
                calls_total{tool="a"} 1
                calls_created{tool="a"} 1.769860802e+09
                calls_total{tool="b"} 2
                calls_created{tool="b"} 1.769860801e+09
                # TYPE load gauge
                # HELP load Load.
                load 0
                # TYPE plain counter
                # HELP plain Plain.
                plain_total 0
                plain_created 1.769860805e+09
                # TYPE wait_seconds histogram
                # UNIT wait_seconds seconds
                # HELP wait_seconds Wait.
                wait_seconds_bucket{le="1.0"} 0
                wait_seconds_bucket{le="+Inf"} 0
                wait_seconds_sum 0
                wait_seconds_count 0
                wait_seconds_created 1.769860803e+09
                # EOF

                """)
        #expect(registry.render(.openMetrics).sampleCount == 12)
    }

    @Test func `text never tells it`() {
        #expect(registry.text?.contains("_created") == false)
    }

    @Test func `a registry without a clock never tells it`() throws {
        let registry = Registry()
        _ = try registry.counter("calls_total", help: "Calls.")
        #expect(!String(decoding: registry.exposition(.openMetrics), as: UTF8.self).contains("_created"))
    }
}
