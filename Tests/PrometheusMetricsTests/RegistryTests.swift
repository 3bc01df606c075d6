import Synchronization
import Testing

@testable import PrometheusMetrics

struct RegistryTests {
    private let registry = Registry()

    @Test func `an empty registry prints nothing`() {
        #expect(registry.text == "")
        #expect(registry.families == [])
    }

    @Test func `instruments without labels are exposed as zero from the start`() throws {
        _ = try registry.histogram("wait_seconds", help: "Wait.", buckets: [1])
        _ = try registry.gauge("load", help: "Load.")
        _ = try registry.counter("calls_total", help: "Calls.")
        #expect(
            registry.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total 0
                # HELP load Load.
                # TYPE load gauge
                load 0
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="1.0"} 0
                wait_seconds_bucket{le="+Inf"} 0
                wait_seconds_sum 0
                wait_seconds_count 0

                """)
    }

    @Test func `a scrape shows what instruments hold at that moment`() throws {
        let calls = try registry.counter("calls_total", help: "Calls.")
        let header = "# HELP calls_total Calls.\n# TYPE calls_total counter\n"
        calls.increment(by: 3)
        #expect(registry.text == header + "calls_total 3\n")
        #expect(registry.text == header + "calls_total 3\n")
        calls.increment()
        #expect(registry.text == header + "calls_total 4\n")
    }

    @Test func `families of several collectors are ordered by name, whoever wrote them`() throws {
        let ends = ["a", "z"].map { FamilyDescriptor<GaugeValue, NoLabels>($0, help: "Help.") }
        try registry.register(
            TestCollector(families: ends.map(\.erased)) { writer in
                for end in ends.reversed() { writer.write(end, GaugeValue(1)) }
            })
        for name in ["b", "a_c", "aB", "B", "a2", "_a"] { _ = try registry.gauge(name, help: "Help.") }
        let names = ["B", "_a", "a", "a2", "aB", "a_c", "b", "z"]
        #expect(registry.families.map(\.name) == names)
        let expected = names.map { name in
            "# HELP \(name) Help.\n# TYPE \(name) gauge\n\(name) \(["a", "z"].contains(name) ? 1 : 0)\n"
        }
        #expect(registry.text == expected.joined())
    }

    @Test func `families tell name, help, type and labels`() throws {
        _ = try registry.histogram("wait_seconds", help: "Wait.", labels: Route.self, buckets: [1])
        _ = try registry.counter("calls_total", help: "Calls.")
        #expect(
            registry.families == [
                AnyFamilyDescriptor(name: "calls_total", help: "Calls.", type: .counter, labelNames: []),
                AnyFamilyDescriptor(
                    name: "wait_seconds", help: "Wait.", type: .histogram, labelNames: ["method", "path"]),
            ])
    }

    @Test func `a family without help is refused`() {
        #expect(throws: RegistrationError(.missingHelp("load"))) { try registry.gauge("load", help: "") }
        #expect(registry.families == [])
    }

    private static let refused: [(AnyFamilyDescriptor, RegistrationError.Reason)] = [
        (AnyFamilyDescriptor(.gauge, "1x"), .invalidName("1x")),
        (AnyFamilyDescriptor(.counter, "x"), .nameDoesNotFitType("x", type: .counter)),
        (AnyFamilyDescriptor(.gauge, "x", labelNames: ["a-b"]), .invalidLabelName("a-b", family: "x")),
        (AnyFamilyDescriptor(.gauge, "x", labelNames: ["a", "a"]), .duplicateLabelName("a", family: "x")),
        (AnyFamilyDescriptor(name: "x", help: "", type: .gauge, labelNames: []), .missingHelp("x")),
        (AnyFamilyDescriptor(.gauge, "present"), .clash("present", with: "present")),
        (AnyFamilyDescriptor(.gauge, "good"), .clash("good", with: "good")),
    ]

    @Test(arguments: refused)
    func `a refused collector leaves nothing behind`(bad: AnyFamilyDescriptor, reason: RegistrationError.Reason) throws
    {
        let present = try registry.gauge("present", help: "Present.")
        present.set(1)
        let good = FamilyDescriptor<GaugeValue, NoLabels>("good", help: "Good.")
        let collector = TestCollector(families: [good.erased, bad]) { $0.write(good, GaugeValue(2)) }

        #expect(throws: RegistrationError(reason)) { try registry.register(collector) }

        #expect(registry.families.map(\.name) == ["present"])
        #expect(registry.text == "# HELP present Present.\n# TYPE present gauge\npresent 1\n")
        // The names of the refused collector are still free.
        let histogram = try registry.histogram("good", help: "Good.", buckets: [1])
        #expect(histogram.value.count == 0)
    }

    @Test func `a second instrument of the same name is refused and the first goes on`() throws {
        let first = try registry.counter("calls_total", help: "Calls.")
        let clash = RegistrationError(.clash("calls_total", with: "calls_total"))
        #expect(throws: clash) { try registry.counter("calls_total", help: "Calls.") }
        #expect(throws: clash) { try registry.counter("calls_total", help: "Calls.", labels: Tool.self) }
        first.increment()
        #expect(registry.text == "# HELP calls_total Calls.\n# TYPE calls_total counter\ncalls_total 1\n")
    }

    @Test func `two registries know nothing of each other`() throws {
        _ = try registry.gauge("load", help: "Load.")
        let other = Registry()
        #expect(other.text == "")
        try other.gauge("load", help: "Load.").set(2)
        #expect(registry.text == "# HELP load Load.\n# TYPE load gauge\nload 0\n")
    }

    @Test func `a collector may use its registry in the middle of a scrape`() throws {
        let calls = try registry.counter("calls_total", help: "Calls.")
        let registered = Mutex<[String]>([])
        let collector = TestCollector(families: []) { [registry] _ in
            calls.increment()
            _ = try? registry.gauge("late", help: "Late.")
            registered.withLock { $0 = registry.families.map(\.name) }
        }
        try registry.register(collector)
        let header = "# HELP calls_total Calls.\n# TYPE calls_total counter\n"
        // The list of collectors was copied before the gauge existed.
        #expect(registry.text == header + "calls_total 0\n")
        #expect(registered.withLock { $0 } == ["calls_total", "late"])
        #expect(registry.text == header + "calls_total 1\n# HELP late Late.\n# TYPE late gauge\nlate 0\n")
    }

    @Test func `registering while others scrape loses nothing and never shows half a family`() async {
        let names = (100..<500).map { "gauge_\($0)" }
        let scrapes = await inParallel(rounds: 100) { [registry] task, round in
            _ = try? registry.gauge(names[task * 100 + round], help: "Help.")
            return registry.text ?? ""
        }
        let whole = Set(names.map { "# HELP \($0) Help.\n# TYPE \($0) gauge\n\($0) 0\n" })
        let broken = scrapes.joined().filter { scrape in
            let families = scrape.split(separator: "# HELP ").map { "# HELP " + $0 }
            return families.isEmpty || families != families.sorted() || !whole.isSuperset(of: families)
        }
        #expect(broken == [])
        #expect(registry.text == whole.sorted().joined())
    }

    @Test func `of two who register one name at once, one succeeds`() async {
        let successes = await inParallel(tasks: 2, rounds: 2_000) { [registry] _, round in
            (try? registry.gauge("gauge_\(round)", help: "Help.")) != nil
        }
        #expect(zip(successes[0], successes[1]).allSatisfy { $0 != $1 })
        #expect(registry.families.count == 2_000)
    }
}
