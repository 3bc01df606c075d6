import Synchronization
import Testing

@testable import PrometheusMetrics

struct FamilyTests {
    private let registry = Registry()

    @Test func `a family without children prints nothing`() throws {
        _ = try registry.counter("calls_total", help: "Calls.", labels: Tool.self)
        #expect(registry.text == "")
        #expect(registry.families.map(\.name) == ["calls_total"])
    }

    @Test func `children known in advance are exposed as zero`() throws {
        let calls = try registry.counter("calls_total", help: "Calls.", labels: Tool.self)
        calls.create(["search", "other", "mail", "search"].map(Tool.init))
        #expect(
            registry.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{tool="mail"} 0
                calls_total{tool="other"} 0
                calls_total{tool="search"} 0

                """)
    }

    @Test func `creating a child that exists keeps its value`() throws {
        let calls = try registry.counter("calls_total", help: "Calls.", labels: Tool.self)
        calls[Tool(tool: "mail")].increment()
        calls.create([Tool(tool: "mail")])
        #expect(
            registry.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{tool="mail"} 1

                """)
    }

    @Test func `the same labels are the same child and others are another`() throws {
        let load = try registry.gauge("load", help: "Load.", labels: Route.self)
        let child = load[Route(method: "GET", path: "/")]
        #expect(child === load[Route(method: "GET", path: "/")])
        #expect(child !== load[Route(method: "GET", path: "")])
        #expect(child !== load[Route(method: "/", path: "GET")])
    }

    @Test func `children are ordered by label values, also those that appear after a scrape`() throws {
        let load = try registry.gauge("load", help: "Load.", labels: Route.self)
        load[Route(method: "PUT", path: "/a")].set(1)
        load[Route(method: "GET", path: "/b")].set(2)
        #expect(
            registry.text == """
                # HELP load Load.
                # TYPE load gauge
                load{method="GET",path="/b"} 2
                load{method="PUT",path="/a"} 1

                """)
        load[Route(method: "GET", path: "/a")].set(3)
        load[Route(method: "", path: "/z")].set(4)
        load[Route(method: "GET", path: "")].set(5)
        load[Route(method: "", path: "")].set(6)
        load[Route(method: "GET", path: "/b")].set(7)
        #expect(
            registry.text == """
                # HELP load Load.
                # TYPE load gauge
                load 6
                load{path="/z"} 4
                load{method="GET"} 5
                load{method="GET",path="/a"} 3
                load{method="GET",path="/b"} 7
                load{method="PUT",path="/a"} 1

                """)
    }

    @Test func `the labels of a histogram precede its bounds, and all children share the buckets`() throws {
        let wait = try registry.histogram("wait_seconds", help: "Wait.", labels: Tool.self, buckets: [0.5])
        wait[Tool(tool: #"a"b"#)].observe(0.25)
        wait[Tool(tool: "")].observe(2)
        #expect(
            registry.text == """
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.5"} 0
                wait_seconds_bucket{le="+Inf"} 1
                wait_seconds_sum 2
                wait_seconds_count 1
                wait_seconds_bucket{tool="a\\"b",le="0.5"} 1
                wait_seconds_bucket{tool="a\\"b",le="+Inf"} 1
                wait_seconds_sum{tool="a\\"b"} 0.25
                wait_seconds_count{tool="a\\"b"} 1

                """)
    }

    @Test func `a family prints as plain children of the same values do`() throws {
        let descriptor = FamilyDescriptor<CounterValue, Route>("calls_total", help: "A \\ B\nC", labels: Route.self)
        let family = try registry.counter(descriptor.name, help: descriptor.help, labels: Route.self)
        var plain: [Route: CounterValue] = [:]
        for (index, method) in ["PUT", "GET", "", "a\nb", #"a\b"#, "10", "9"].enumerated() {
            let route = Route(method: method, path: "/\(index)")
            family[route].increment(by: UInt64(index))
            plain[route] = CounterValue(UInt64(index))
        }
        let text = """
            # HELP calls_total A \\\\ B\\nC
            # TYPE calls_total counter
            calls_total{path="/2"} 2
            calls_total{method="10",path="/5"} 5
            calls_total{method="9",path="/6"} 6
            calls_total{method="GET",path="/1"} 1
            calls_total{method="PUT",path="/0"} 0
            calls_total{method="a\\nb",path="/3"} 3
            calls_total{method="a\\\\b",path="/4"} 4

            """
        #expect(registry.text == text)
        #expect(exposition { $0.write(descriptor, plain) } == text)
    }

    @Test func `a child created by several tasks at once is one child`() async throws {
        let calls = try registry.counter("calls_total", help: "Calls.", labels: SlowTool.self)
        let children = await inParallel(rounds: 100) { _, round in
            let child = calls[SlowTool(tool: "\(100 + round)")]
            child.increment()
            return ObjectIdentifier(child)
        }
        #expect(children.allSatisfy { $0 == children.first })
        let lines = (100..<200).map { "calls_total{tool=\"\($0)\"} 4\n" }
        #expect(registry.text == "# HELP calls_total Calls.\n# TYPE calls_total counter\n" + lines.joined())
    }

    @Test func `children created while others scrape are all printed afterwards`() async throws {
        let load = try registry.gauge("load", help: "Load.", labels: Tool.self)
        let scrapes = await inParallel(rounds: 100) { [registry] task, round in
            load[Tool(tool: "\(100 + task * 100 + round)")].set(1)
            return registry.text ?? ""
        }
        let header = "# HELP load Load.\n# TYPE load gauge\n"
        #expect(scrapes.joined().allSatisfy { $0.hasPrefix(header + "load{tool=") && $0.hasSuffix("\n") })
        #expect(registry.text == header + (100..<500).map { "load{tool=\"\($0)\"} 1\n" }.joined())
    }

    /// An instrument that runs code of the test while it is scraped.
    final class Probe: Instrument {
        let whenRead = Mutex<(@Sendable () -> Void)?>(nil)

        var value: GaugeValue {
            whenRead.withLock { $0 }?()
            return GaugeValue(1)
        }
    }

    @Test func `a child may be created in the middle of a scrape`() throws {
        let descriptor = FamilyDescriptor<GaugeValue, Tool>("load", help: "Load.", labels: Tool.self)
        let family = Family<Tool, Probe>(descriptor) { Probe() }
        try registry.register(family)
        family[Tool(tool: "b")].whenRead.withLock { $0 = { family.create([Tool(tool: "a")]) } }
        let header = "# HELP load Load.\n# TYPE load gauge\n"
        #expect(registry.text == header + "load{tool=\"b\"} 1\n")
        #expect(registry.text == header + "load{tool=\"a\"} 1\nload{tool=\"b\"} 1\n")
    }
}
