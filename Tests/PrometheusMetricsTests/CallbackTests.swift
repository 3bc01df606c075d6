import Synchronization
import Testing

@testable import PrometheusMetrics

struct CallbackTests {
    private let registry = Registry()

    @Test func `a gauge is read at each scrape, and without a value there is no sample`() throws {
        let reading = Mutex<Double?>(2.5)
        try registry.gauge("load", help: "Load.") { reading.withLock { $0 } }
        #expect(registry.text == "# HELP load Load.\n# TYPE load gauge\nload 2.5\n")
        reading.withLock { $0 = nil }
        #expect(registry.text == "")
        reading.withLock { $0 = -1 }
        #expect(registry.text == "# HELP load Load.\n# TYPE load gauge\nload -1\n")
    }

    @Test func `a counter is read at each scrape`() throws {
        let count = Mutex<CounterValue?>(nil)
        try registry.counter("calls_total", help: "Calls.") { count.withLock { $0 } }
        #expect(registry.text == "")
        count.withLock { $0 = CounterValue(9_007_199_254_740_993) }
        #expect(
            registry.text
                == "# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total 9007199254740993\n")
    }

    @Test func `the children of a family are read at each scrape and printed in order`() throws {
        try registry.gauge("load", help: "Load.", labels: Tool.self) { [Tool(tool: "b"): 2, Tool(tool: #"a""#): 1] }
        try registry.counter("calls_total", help: "Calls.", labels: Tool.self) {
            [Tool(tool: "z"): CounterValue(26), Tool(tool: "y"): CounterValue(25)]
        }
        #expect(
            registry.text == #"""
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{tool="y"} 25
                calls_total{tool="z"} 26
                # HELP load Load.
                # TYPE load gauge
                load{tool="a\""} 1
                load{tool="b"} 2

                """#)
    }

    @Test func `a name that is taken or wrong is refused, and nothing is called`() throws {
        _ = try registry.gauge("load", help: "Load.")
        #expect(throws: RegistrationError(.clash("load", with: "load"))) {
            try registry.gauge("load", help: "Load.") { fatalError("It was read.") }
        }
        #expect(throws: RegistrationError(.nameDoesNotFitType("calls", type: .counter))) {
            try registry.counter("calls", help: "Calls.") { fatalError("It was read.") }
        }
        #expect(registry.text == "# HELP load Load.\n# TYPE load gauge\nload 0\n")
    }
}
