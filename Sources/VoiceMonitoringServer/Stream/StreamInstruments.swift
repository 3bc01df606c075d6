import PrometheusMetrics

/// How the stream is used.
struct StreamInstruments: Sendable {
    let clients: Gauge
    let droppedMessages: Counter

    init(_ registry: Registry) throws {
        clients = try registry.gauge(
            "amplifier_voice_exporter_sse_clients", help: "Clients that are connected to the stream.")
        droppedMessages = try registry.counter(
            "amplifier_voice_exporter_sse_dropped_events_total",
            help: "Messages that were not sent to a client because it had not read the one before.")
    }
}
