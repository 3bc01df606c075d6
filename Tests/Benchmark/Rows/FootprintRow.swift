import VoiceMonitoring
import VoiceSimulation

/// Memory and processor time: idle, and at SPEC's load of 50 sessions, 20 dashboards and 10 scrapes a minute.
struct FootprintRow: Row {
    let name = "footprint"

    func measure(rounds: Int) throws -> [Measurement] {
        var samples: (idle: [Double], loaded: [Double], processor: [Double]) = ([], [], [])
        for _ in 0..<rounds {
            let exporter = try ExporterProcess()
            let scraper = try Connection(port: exporter.port)
            samples.idle.append(exporter.residentKilobytes / 1_000)
            let calls = try SpecLoad()
            for request in calls.beginning { _ = try scraper.exchange(request, expecting: "202") }
            let viewers = try Viewers(20, port: exporter.port)
            try viewers.waitUntilLive()
            let server = try Load(port: exporter.port, calls.server, perSecond: 1)
            let browsers = try Load(port: exporter.port, calls.browsers, perSecond: 10)
            let before = exporter.processorSeconds
            let start = Instant.now
            for scrape in 0..<3 {
                Instant.sleep(until: start + 6 * Double(scrape))
                _ = try scraper.exchange(Requests.scrape, expecting: "200")
            }
            Instant.sleep(until: start + 18)
            let elapsed = Instant.now - start
            samples.processor.append(100 * (exporter.processorSeconds - before) / elapsed)
            samples.loaded.append(exporter.residentKilobytes / 1_000)
            try server.stop()
            try browsers.stop()
            viewers.stop()
        }
        return [
            Measurement(what: "memory, idle", unit: "MB", samples: samples.idle, budget: 30),
            Measurement(what: "memory at SPEC's load", unit: "MB", samples: samples.loaded, budget: 50),
            Measurement(what: "processor at SPEC's load", unit: "% of a core", samples: samples.processor, budget: 1),
        ]
    }
}

/// The requests of 50 sessions, as they come: the voice server sends what happened in a second, and each browser its
/// audio every 5 s.
private struct SpecLoad {
    /// The first half minute, in which all sessions connect.
    private(set) var beginning: [[UInt8]] = []
    private(set) var server: [[UInt8]] = []
    private(set) var browsers: [[UInt8]] = []

    init() throws {
        var simulation = Simulation(
            SimulationConfiguration(
                seed: 1, sessions: 50, isEndless: true, beginning: TimeSource.system.now().wall))
        var next = simulation.next()
        for second in 1...60 {
            var events: [VoiceEvent] = []
            while let event = next, event.milliseconds < 1_000 * Double(second) {
                events.append(event.event)
                next = simulation.next()
            }
            guard second > 30 else {
                beginning.append(try Requests.events(events))
                continue
            }
            server.append(try Requests.events(events.filter { $0.type != .audioStats }))
            browsers += try events.filter { $0.type == .audioStats }.map { try Requests.events([$0]) }
        }
    }
}
