import Testing

@testable import PrometheusMetrics

struct ChildLimitTests {
    private let registry = Registry()
    private let overflows = Counter()

    private func limit(_ count: Int) -> ChildLimit<Tool> {
        ChildLimit(count, other: Tool(tool: "other"), overflows: overflows)
    }

    @Test func `labels beyond the limit share a child and are counted`() throws {
        let calls = try registry.counter("calls_total", help: "Calls.", labels: Tool.self, limit: limit(2))
        for tool in ["a", "b", "c", "a", "d", "c", "other"] { calls[Tool(tool: tool)].increment() }
        #expect(
            registry.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{tool="a"} 2
                calls_total{tool="b"} 1
                calls_total{tool="other"} 4

                """)
        #expect(overflows.value == CounterValue(3))
    }

    @Test func `children created in advance keep their places, and the other one takes none`() throws {
        let calls = try registry.gauge("load", help: "Load.", labels: Tool.self, limit: limit(2))
        calls.create(["other", "known", "late"].map(Tool.init))
        calls[Tool(tool: "junk")].set(1)
        #expect(
            registry.text?.split(separator: "\n").dropFirst(2).map(String.init) == [
                #"load{tool="known"} 0"#, #"load{tool="late"} 0"#, #"load{tool="other"} 1"#,
            ])
        #expect(calls[Tool(tool: "known")] !== calls[Tool(tool: "junk")])
        #expect(overflows.value == CounterValue(2))
    }

    @Test func `a limit is never passed, however many come at once`() async throws {
        let calls = try registry.counter("calls_total", help: "Calls.", labels: Tool.self, limit: limit(5))
        await inParallel(rounds: 200) { task, round in
            for tool in 0..<20 { calls[Tool(tool: "\(task)-\(round)-\(tool)")].increment() }
        }
        let lines = try #require(registry.text?.split(separator: "\n").dropFirst(2))
        #expect(lines.count == 6)
        #expect(overflows.value == CounterValue(15_995))
        #expect(calls[Tool(tool: "other")].value == CounterValue(15_995))
    }

    @Test(arguments: [0, -1])
    func `a limit without a place is refused`(count: Int) {
        #expect(throws: RegistrationError(.invalidLimit(count, family: "load"))) {
            try registry.gauge("load", help: "Load.", labels: Tool.self, limit: limit(count))
        }
        #expect(registry.families == [])
    }
}
