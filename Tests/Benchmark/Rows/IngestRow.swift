/// Taking events in over HTTP, a hundred in a request.
struct IngestRow: Row {
    let name = "ingest"

    func measure(rounds: Int) throws -> [Measurement] {
        let exporter = try ExporterProcess()
        let requests = try Requests.simulated(seed: 1, sessions: 50, requests: Self.requests, eventsEach: 100)
        let connection = try Connection(port: exporter.port)
        var samples: (processor: [Double], wall: [Double]) = ([], [])
        for _ in 0..<rounds {
            let before = exporter.processorSeconds
            let start = Instant.now
            for request in requests { _ = try connection.exchange(request, expecting: "202") }
            let events = Double(Self.requests * 100)
            samples.wall.append(events / (Instant.now - start))
            samples.processor.append(1e6 * (exporter.processorSeconds - before) / events)
        }
        return [
            Measurement(what: "ingest, one connection", unit: "events/s", samples: samples.wall),
            // 150,000 events a second on one core.
            Measurement(
                what: "processor time of an event", unit: "us", samples: samples.processor, budget: 1e6 / 150_000),
        ]
    }

    private static let requests = 500
}
