public import PrometheusMetrics

extension ExponentialHistogram: WindowSlot {}

extension SlidingWindow {
    /// Thirty slots of ten seconds.
    static var lastFiveMinutes: SlidingWindow { SlidingWindow(slots: 30, of: .seconds(10)) }
}
