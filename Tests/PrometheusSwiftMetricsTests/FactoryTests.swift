import CoreMetrics
import PrometheusMetrics
import Synchronization
import Testing

@testable import PrometheusSwiftMetrics

struct FactoryTests {
    private let registry = Registry()
    private let refusals = Refusals()
    private let factory: PrometheusMetricsFactory

    final class Refusals: Sendable {
        let labels = Mutex<[String]>([])
    }

    init() throws {
        factory = try PrometheusMetricsFactory(registry: registry) { label in
            label == "sizes" ? [10, 100] : [0.5, 1]
        } onRefusal: { [refusals] refusal in
            refusals.labels.withLock { $0.append(refusal.label) }
        }
    }

    /// The lines of the exposition that are not those of the backend's own counters.
    private var lines: [String] {
        String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.contains("swift_metrics_") }
    }

    private var refusedCount: String? {
        String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("swift_metrics_refused_total ") }.map(String.init)
    }

    @Test func `a counter has underscores for dots and ends in total`() {
        let counter = CoreMetrics.Counter(
            label: "http.requests", dimensions: [("http.route", "/a"), ("code", #"2"0"#)], factory: factory)
        counter.increment(by: 41)
        counter.increment()
        counter.increment(by: -7)
        counter.reset()
        counter.destroy()
        #expect(
            lines == [
                "# HELP http_requests_total http.requests, of swift-metrics.", "# TYPE http_requests_total counter",
                #"http_requests_total{code="2\"0",http_route="/a"} 42"#,
            ])
    }

    @Test func `counters of whole numbers and of fractions with one label are one counter`() {
        CoreMetrics.Counter(label: "bytes_total", factory: factory).increment(by: 2)
        FloatingPointCounter(label: "bytes_total", factory: factory).increment(by: 0.5)
        #expect(lines.last == "bytes_total 2.5")
    }

    @Test func `meters and gauges are gauges`() {
        let meter = Meter(label: "active", factory: factory)
        meter.increment()
        meter.increment(by: 2.5)
        meter.decrement()
        let gauge = CoreMetrics.Gauge(label: "requests.count", factory: factory)
        gauge.record(7)
        #expect(lines.filter { !$0.hasPrefix("#") } == ["active 2.5", "requests_count_value 7"])
        meter.set(3)
        #expect(lines.contains("active 3"))
        #expect(lines.contains("# TYPE requests_count_value gauge"))
    }

    @Test func `timers are histograms of seconds and recorders have buckets of their own`() {
        CoreMetrics.Timer(label: "request.duration", factory: factory).recordMilliseconds(750)
        Recorder(label: "sizes", factory: factory).record(42)
        #expect(
            lines.filter { !$0.hasPrefix("#") } == [
                #"request_duration_seconds_bucket{le="0.5"} 0"#, #"request_duration_seconds_bucket{le="1.0"} 1"#,
                #"request_duration_seconds_bucket{le="+Inf"} 1"#, "request_duration_seconds_sum 0.75",
                "request_duration_seconds_count 1",
                #"sizes_bucket{le="10.0"} 0"#, #"sizes_bucket{le="100.0"} 1"#, #"sizes_bucket{le="+Inf"} 1"#,
                "sizes_sum 42", "sizes_count 1",
            ])
    }

    @Test func `the same label and dimensions are the same child, in any order and however often they are made`() {
        for _ in 0..<10 {
            CoreMetrics.Counter(label: "x", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
            CoreMetrics.Counter(label: "x", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
        }
        #expect(lines.last == #"x_total{a="1",b="2"} 20"#)
    }

    @Test func `children of one name may have different dimensions`() {
        CoreMetrics.Counter(label: "x", dimensions: [("a", "1")], factory: factory).increment()
        CoreMetrics.Counter(label: "x", dimensions: [("b", "1")], factory: factory).increment()
        CoreMetrics.Counter(label: "x", factory: factory).increment()
        #expect(lines.suffix(3) == ["x_total 1", #"x_total{a="1"} 1"#, #"x_total{b="1"} 1"#])
    }

    @Test func `two metrics that would have one name do not crash, and the second is counted and told`() throws {
        _ = try registry.counter("own_total", help: "Own.")
        CoreMetrics.Counter(label: "x.y", factory: factory).increment()
        for label in ["x_y", "x_y", "own"] {
            CoreMetrics.Counter(label: label, factory: factory).increment()
        }
        Meter(label: "x_y_total", factory: factory).set(1)
        Recorder(label: "x.y", factory: factory).record(1)
        #expect(lines.contains("x_y_total 1"))
        #expect(lines.contains("own_total 0"))
        #expect(lines.contains("x_y_total_value 1"))
        #expect(refusals.labels.withLock { $0 } == ["x_y", "x_y", "own", "x.y"])
        #expect(refusedCount == "swift_metrics_refused_total 4")
    }

    @Test func `a refusal says why`() throws {
        let reasons = Mutex<[String]>([])
        let registry = Registry()
        _ = try registry.gauge("x", help: "Own.")
        let factory = try PrometheusMetricsFactory(
            registry: registry,
            onRefusal: { refusal in reasons.withLock { $0.append(refusal.description) } })
        Meter(label: "x", factory: factory).set(1)
        Meter(label: "y", dimensions: [("a.b", "1"), ("a_b", "2")], factory: factory).set(1)
        Meter(label: "", factory: factory).set(1)
        #expect(
            reasons.withLock { $0 } == [
                #"The metric "x" of swift-metrics cannot be shown. The metric "x" would print samples that "x" prints "#
                    + "already: rename one of the two.",
                #"The metric "y" of swift-metrics cannot be shown. The label "a_b" appears twice in "dynamic labels": "#
                    + "rename one of the two.",
                #"The metric "" of swift-metrics cannot be shown. The metric name "" is invalid: use letters, digits "#
                    + "and underscores, not beginning with a digit.",
            ])
    }

    @Test func `hostile labels and dimensions stay one sample on one line`() {
        CoreMetrics.Counter(
            label: "9 \n# EOF\u{0}é", dimensions: [("__name__", "\"} 1\nfake 2"), ("le", "1"), ("", "x"), ("1", "y")],
            factory: factory
        ).increment()
        #expect(
            lines.last
                == #"_9____EOF____total{label_="x",label_1="y",label_le="1",label_name__="\"} 1\nfake 2"} 1"#)
    }

    @Test func `names and children are bounded and counted`() {
        for number in 0..<1_010 {
            CoreMetrics.Counter(label: "many", dimensions: [("number", "\(number)")], factory: factory).increment()
        }
        for number in 0..<1_010 { Meter(label: "meter.\(number)", factory: factory).set(1) }
        #expect(lines.contains(#"many_total{overflow="true"} 10"#))
        #expect(lines.filter { $0.hasPrefix("many_total") }.count == 1_001)
        #expect(lines.filter { $0.hasPrefix("meter_") }.count == 1_000)
        #expect(refusedCount == "swift_metrics_refused_total 10")
    }

    @Test func `a second backend on the same registry is refused`() {
        #expect(throws: RegistrationError.self) { try PrometheusMetricsFactory(registry: registry) }
    }
}
