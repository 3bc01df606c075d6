import Testing

@testable import PrometheusMetrics

struct GaugeTests {
    private let registry = Registry()

    private static let readings: [(Double, String)] = [
        (0, "0"), (-0.0, "-0"), (1, "1"), (-3, "-3"), (0.5, "0.5"), (1e6, "1e+06"), (1e-05, "1e-05"), (.nan, "NaN"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"),
    ]

    @Test(arguments: readings)
    func `the shared and the plain form print alike`(reading: Double, printed: String) throws {
        try registry.gauge("x", help: "Help.").set(reading)
        let text = "# HELP x Help.\n# TYPE x gauge\nx \(printed)\n"
        #expect(registry.text == text)
        #expect(exposition(of: GaugeValue(reading)) == text)
    }

    @Test(arguments: [(0, "0"), (42, "42"), (-7, "-7"), (1_000_000, "1e+06")])
    func `a plain gauge counts things`(count: Int, printed: String) {
        #expect(exposition(of: GaugeValue(count)) == "# HELP x Help.\n# TYPE x gauge\nx \(printed)\n")
    }

    @Test func `a gauge goes up and down and is set anew`() {
        let gauge = Gauge()
        #expect(gauge.value == GaugeValue(0))
        gauge.set(10)
        gauge.add(2.5)
        gauge.add(-20)
        #expect(gauge.value == GaugeValue(-7.5))
        gauge.set(3)
        #expect(gauge.value == GaugeValue(3))
    }

    @Test func `moves from several tasks add up exactly`() async {
        let gauge = Gauge()
        await inParallel(rounds: 500) { task, _ in
            for _ in 0..<200 { gauge.add(task.isMultiple(of: 2) ? 3 : -1) }
        }
        #expect(gauge.value == GaugeValue(400_000))
    }

    @Test func `a plain gauge survives JSON`() throws {
        #expect(try throughJSON(GaugeValue(0.1)) == GaugeValue(0.1))
    }
}
