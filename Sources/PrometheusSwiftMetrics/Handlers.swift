import CoreMetrics
import PrometheusMetrics

/// A counter for swift-metrics. What is negative does not count, and it is never reset, since a counter only goes up.
final class CounterInstrumentHandler: CounterHandler, FloatingPointCounterHandler {
    private let counter: PrometheusMetrics.Counter

    init(_ counter: PrometheusMetrics.Counter) {
        self.counter = counter
    }

    func increment(by amount: Int64) {
        if amount > 0 { counter.increment(by: UInt64(amount)) }
    }

    func increment(by amount: Double) {
        counter.add(amount)
    }

    func reset() {}
}

/// A gauge for swift-metrics.
final class GaugeHandler: MeterHandler, RecorderHandler {
    private let gauge: PrometheusMetrics.Gauge

    init(_ gauge: PrometheusMetrics.Gauge) {
        self.gauge = gauge
    }

    func set(_ value: Int64) { gauge.set(Double(value)) }
    func set(_ value: Double) { gauge.set(value) }
    func increment(by amount: Double) { gauge.add(amount) }
    func decrement(by amount: Double) { gauge.add(-amount) }
    func record(_ value: Int64) { gauge.set(Double(value)) }
    func record(_ value: Double) { gauge.set(value) }
}

/// A histogram for swift-metrics; as a timer it takes nanoseconds and counts seconds.
final class HistogramHandler: RecorderHandler, TimerHandler {
    private let histogram: Histogram

    init(_ histogram: Histogram) {
        self.histogram = histogram
    }

    func record(_ value: Int64) { histogram.observe(Double(value)) }
    func record(_ value: Double) { histogram.observe(value) }
    func recordNanoseconds(_ nanoseconds: Int64) { histogram.observe(Double(nanoseconds) / 1e9) }
}
