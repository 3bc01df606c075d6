import Testing

@testable import PrometheusMetrics

struct CounterTests {
    private let registry = Registry()

    enum Step: Sendable {
        case increment(UInt64)
        case add(Double)
    }

    private static let runs: [([Step], String)] = [
        ([], "0"),
        ([.increment(1)], "1"),
        ([.increment(1), .increment(41)], "42"),
        ([.increment(0)], "0"),
        ([.increment(1_000_000)], "1000000"),
        ([.increment(9_007_199_254_740_993)], "9007199254740993"),
        ([.increment(.max)], "18446744073709551615"),
        ([.add(0.25)], "0.25"),
        ([.add(0.25), .add(0.5), .increment(2)], "2.75"),
        ([.add(1), .add(2)], "3"),
        ([.add(1e6)], "1e+06"),
        ([.add(.leastNonzeroMagnitude)], "5e-324"),
        ([.add(.greatestFiniteMagnitude)], "1.7976931348623157e+308"),
        ([.increment(3), .add(0), .add(-0.0)], "3"),
        ([.increment(3), .add(-1), .add(-.leastNonzeroMagnitude), .add(-.greatestFiniteMagnitude)], "3"),
        ([.increment(3), .add(.nan), .add(.infinity), .add(-.infinity)], "3"),
        ([.add(0.5), .add(-0.25), .add(.nan), .add(.infinity), .add(-.infinity), .add(0.5)], "1"),
    ]

    @Test(arguments: runs)
    func `the shared and the plain form print alike and never go down`(steps: [Step], printed: String) throws {
        let shared = try registry.counter("x_total", help: "Help.")
        var plain = CounterValue()
        for step in steps {
            let (sharedBefore, plainBefore) = (shared.value.value, plain.value)
            apply(step, to: shared, and: &plain)
            #expect(shared.value.value >= sharedBefore)
            #expect(plain.value >= plainBefore)
        }
        let text = "# HELP x_total Help.\n# TYPE x_total counter\nx_total \(printed)\n"
        #expect(registry.text == text)
        #expect(exposition(of: plain) == text)
        #expect(shared.value == plain)
    }

    @Test func `amounts beyond the largest number do not make either form fall back`() {
        let shared = Counter()
        var plain = CounterValue()
        for step in [Step.increment(5), .add(.greatestFiniteMagnitude), .add(.greatestFiniteMagnitude)] {
            apply(step, to: shared, and: &plain)
        }
        #expect(shared.value.value >= .greatestFiniteMagnitude)
        #expect(plain.value >= .greatestFiniteMagnitude)
        #expect(shared.value == plain)
    }

    private func apply(_ step: Step, to shared: Counter, and plain: inout CounterValue) {
        switch step {
        case .increment(let amount):
            shared.increment(by: amount)
            plain.increment(by: amount)
        case .add(let amount):
            shared.add(amount)
            plain.add(amount)
        }
    }

    @Test func `a plain counter goes on from a count kept elsewhere`() {
        var counter = CounterValue(40)
        counter.increment()
        counter.increment()
        #expect(counter.value == 42)
        #expect(exposition(of: counter) == "# HELP x_total Help.\n# TYPE x_total counter\nx_total 42\n")
    }

    @Test func `increments from several tasks add up exactly`() async throws {
        let counter = try registry.counter("x_total", help: "Help.")
        await inParallel(rounds: 500) { _, _ in
            for _ in 0..<2_000 {
                counter.increment()
                counter.increment(by: 2)
                counter.add(0.25)
            }
        }
        // 4 tasks, 500 rounds, 2,000 times 3.25.
        #expect(registry.text == "# HELP x_total Help.\n# TYPE x_total counter\nx_total 1.3e+07\n")
    }

    @Test func `a counter read while others increment it never goes down`() async {
        let counter = Counter()
        let readings = await inParallel(rounds: 100) { task, _ in
            (0..<200).map { _ in
                if task.isMultiple(of: 2) { counter.increment() } else { counter.add(0.5) }
                return counter.value.value
            }
        }
        #expect(readings.map { Array($0.joined()) }.allSatisfy { $0 == $0.sorted() })
        #expect(counter.value.value == 60_000)
    }

    @Test func `a plain counter survives JSON`() throws {
        var counter = CounterValue(9_007_199_254_740_993)
        #expect(try throughJSON(counter) == counter)
        counter.add(0.1)
        #expect(try throughJSON(counter) == counter)
    }
}
