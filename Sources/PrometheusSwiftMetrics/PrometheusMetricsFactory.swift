public import CoreMetrics
public import PrometheusMetrics
import Synchronization

/// The backend of swift-metrics that shows what libraries count beside a program's own families.
///
/// ```swift
/// let registry = Registry()
/// MetricsSystem.bootstrap(try PrometheusMetricsFactory(registry: registry))
/// ```
///
/// - Kinds: a `Counter` and a `FloatingPointCounter` are shown as a counter, a `Meter` and a `Gauge` as a gauge, a
///   `Timer` and a `Recorder` as a histogram.
/// - Names: dots become underscores, counters end in `_total`, timers in `_seconds`. Dimensions are labels, in the
///   order of their names; children of one name may have different ones.
/// - What cannot be shown, for instance two metrics that would get the same name, is refused: its values go nowhere,
///   `swift_metrics_refused_total` counts it, and `onRefusal` is told why. Nothing traps.
/// - `reset` and `destroy` change nothing that is shown, since a counter that goes down or away reads as a restart.
///   Memory stays bounded all the same: there are at most 1,000 names of each kind, and at most 1,000 children of each
///   name; further ones are counted in `swift_metrics_overflows_total` and share a child with the label `overflow`.
///
/// Thread safe.
public final class PrometheusMetricsFactory: MetricsFactory {
    private let registry: Registry
    private let buckets: @Sendable (String) -> Buckets
    private let onRefusal: @Sendable (Refusal) -> Void
    private let refused: PrometheusMetrics.Counter
    private let limit: ChildLimit<DynamicLabels>
    private let state = Mutex(State())

    private typealias Families<Child: Instrument> = [String: Result<Family<DynamicLabels, Child>, Refusal.Reason>]

    /// The families by the labels of swift-metrics, or why there is none.
    private struct State {
        var counters: Families<PrometheusMetrics.Counter> = [:]
        var gauges: Families<PrometheusMetrics.Gauge> = [:]
        var recorders: Families<Histogram> = [:]
        var timers: Families<Histogram> = [:]
    }

    private static let maximumCount = 1_000

    /// Creates a backend that shows what it gets in a registry.
    ///
    /// - Parameters:
    ///   - registry: The registry that is scraped.
    ///   - buckets: The buckets of a timer, in seconds, or of a recorder, by its label; by default those for durations
    ///     from 5 ms to 10 s.
    ///   - onRefusal: Is told each time that something cannot be shown.
    /// - Throws: `RegistrationError` where the registry has the backend's own two counters already.
    public init(
        registry: Registry, buckets: @escaping @Sendable (_ label: String) -> Buckets = { _ in .durations },
        onRefusal: @escaping @Sendable (Refusal) -> Void = { _ in }
    ) throws(RegistrationError) {
        self.registry = registry
        self.buckets = buckets
        self.onRefusal = onRefusal
        refused = try registry.counter(
            "swift_metrics_refused_total", help: "Instruments of swift-metrics that could not be shown.")
        let overflows = try registry.counter(
            "swift_metrics_overflows_total", help: "Instruments of swift-metrics whose name had no place for them.")
        let other = try DynamicLabels([LabelPair(name: "overflow", value: "true")])
        limit = ChildLimit(Self.maximumCount, other: other, overflows: overflows)
    }

    /// Makes a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    /// Makes a counter of fractions.
    public func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    /// Makes a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    /// Makes a histogram where values are to be aggregated, else a gauge.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return gauge(label, dimensions) ?? NOOPMetricsHandler.instance }
        let histogram = child(\.recorders, label, dimensions) { registry, help throws(RegistrationError) in
            try registry.histogram(
                PrometheusName.histogram(label), help: help, labels: DynamicLabels.self, buckets: self.buckets(label),
                limit: self.limit)
        }
        return histogram.map(HistogramHandler.init) ?? NOOPMetricsHandler.instance
    }

    /// Makes a histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let histogram = child(\.timers, label, dimensions) { registry, help throws(RegistrationError) in
            try registry.histogram(
                PrometheusName.timer(label), help: help, labels: DynamicLabels.self, buckets: self.buckets(label),
                limit: self.limit)
        }
        return histogram.map(HistogramHandler.init) ?? NOOPMetricsHandler.instance
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterInstrumentHandler? {
        let counter = child(\.counters, label, dimensions) { registry, help throws(RegistrationError) in
            try registry.counter(
                PrometheusName.counter(label), help: help, labels: DynamicLabels.self, limit: self.limit)
        }
        return counter.map(CounterInstrumentHandler.init)
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeHandler? {
        let gauge = child(\.gauges, label, dimensions) { registry, help throws(RegistrationError) in
            try registry.gauge(PrometheusName.gauge(label), help: help, labels: DynamicLabels.self, limit: self.limit)
        }
        return gauge.map(GaugeHandler.init)
    }

    /// The child with these dimensions of the family with this label, which is registered where it is new; none where
    /// it cannot be shown.
    private func child<Child>(
        _ families: WritableKeyPath<State, Families<Child>>, _ label: String, _ dimensions: [(String, String)],
        register: (_ registry: Registry, _ help: String) throws(RegistrationError) -> Family<DynamicLabels, Child>
    ) -> Child? {
        let family = state.withLock { state in
            if let known = state[keyPath: families][label] { return known }
            guard state[keyPath: families].count < Self.maximumCount else { return .failure(.tooManyNames) }
            let new = Result { () throws(RegistrationError) in try register(registry, "\(label), of swift-metrics.") }
                .mapError { Refusal.Reason.registration($0) }
            state[keyPath: families][label] = new
            return new
        }
        let child = family.flatMap { family in
            Result { () throws(RegistrationError) in family[try PrometheusName.labels(dimensions)] }
                .mapError { Refusal.Reason.registration($0) }
        }
        switch child {
        case .success(let child):
            return child
        case .failure(let reason):
            refused.increment()
            onRefusal(Refusal(label: label, reason: reason))
            return nil
        }
    }

    /// Changes nothing that is shown.
    public func destroyCounter(_ handler: any CounterHandler) {}

    /// Changes nothing that is shown.
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}

    /// Changes nothing that is shown.
    public func destroyMeter(_ handler: any MeterHandler) {}

    /// Changes nothing that is shown.
    public func destroyRecorder(_ handler: any RecorderHandler) {}

    /// Changes nothing that is shown.
    public func destroyTimer(_ handler: any TimerHandler) {}
}
