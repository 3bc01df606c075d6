import VoiceMonitoring

/// From the answer to an event until 200 clients of the stream have it, while others arrive.
struct DeliveryRow: Row {
    let name = "delivery"

    func measure(rounds: Int) throws -> [Measurement] {
        let exporter = try ExporterProcess()
        let viewers = try Viewers(200, port: exporter.port)
        try viewers.waitUntilLive()
        let requests = try Requests.simulated(seed: 1, sessions: 50, requests: 200, eventsEach: 10)
        let load = try Load(port: exporter.port, requests, perSecond: 100)
        let connection = try Connection(port: exporter.port)
        var slowest: [Double] = []
        for round in 0..<rounds {
            var delays: [Double] = []
            for number in 0..<Self.events {
                let message = "delivery-\(round)-\(number)-"
                let error = ReportedError(category: .audio, code: "codec_error", message: message)
                let request = try Requests.events([VoiceEvent(.error(error))])
                var accepted = 0.0
                let arrivals = try viewers.arrivals(of: message) {
                    _ = try connection.exchange(request, expecting: "202")
                    accepted = Instant.now
                }
                delays += arrivals.map { 1_000 * max(0, $0 - accepted) }
            }
            delays.sort()
            slowest.append(delays[delays.count * 99 / 100])
        }
        try load.stop()
        viewers.stop()
        return [
            Measurement(
                what: "event to 200 streams, 1,000 events/s, p99", unit: "ms", samples: slowest, budget: 100)
        ]
    }

    private static let events = 20
}
