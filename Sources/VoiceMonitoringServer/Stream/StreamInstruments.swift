import PrometheusMetrics

/// How the stream is used.
struct StreamInstruments: Sendable {
    let clients: Gauge
    let droppedMessages: Counter
    /// Seconds.
    let deliveryDelay: Histogram

    init(_ registry: Registry) throws {
        clients = try registry.gauge(
            "amplifier_voice_exporter_sse_clients", help: "Clients that are connected to the stream.")
        droppedMessages = try registry.counter(
            "amplifier_voice_exporter_sse_dropped_events_total",
            help: "Messages that were not sent to a client because it had not read the one before.")
        deliveryDelay = try registry.histogram(
            "amplifier_voice_exporter_sse_delivery_delay_seconds",
            help: "Time from the making of a message until a client's connection took it.",
            buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5])
    }
}
