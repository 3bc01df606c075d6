/// Scraping a full server while events arrive.
struct ScrapeRow: Row {
    let name = "scrape"

    func measure(rounds: Int) throws -> [Measurement] {
        let exporter = try ExporterProcess(["--demo"])
        let requests = try Requests.simulated(seed: 1, sessions: 50, requests: 200, eventsEach: 10)
        let load = try Load(port: exporter.port, requests, perSecond: 100)
        let connection = try Connection(port: exporter.port)
        var samples: (slowest: [Double], median: [Double], processor: [Double]) = ([], [], [])
        for _ in 0..<rounds {
            var times: [Double] = []
            for _ in 0..<Self.scrapes {
                let start = Instant.now
                _ = try connection.exchange(Requests.scrape, expecting: "200")
                times.append(1_000 * (Instant.now - start))
                Instant.sleep(until: start + Self.pause)
            }
            times.sort()
            samples.median.append(times[Self.scrapes / 2])
            samples.slowest.append(times[Self.scrapes * 99 / 100])
        }
        try load.stop()
        for _ in 0..<rounds {
            let before = exporter.processorSeconds
            for _ in 0..<Self.scrapes { _ = try connection.exchange(Requests.scrape, expecting: "200") }
            samples.processor.append(1_000 * (exporter.processorSeconds - before) / Double(Self.scrapes))
        }
        let what = "gzip scrape, 1,000 events/s"
        return [
            Measurement(what: "\(what), p50", unit: "ms", samples: samples.median),
            Measurement(what: "\(what), p99", unit: "ms", samples: samples.slowest, budget: 5),
            Measurement(what: "processor time of a gzip scrape", unit: "ms", samples: samples.processor),
        ]
    }

    /// Scrapes in a round, and the seconds from one to the next.
    private static let scrapes = 200, pause = 0.01
}
