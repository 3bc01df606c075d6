import FoundationEssentials
import VoiceMonitoring
import VoiceSimulation

/// The requests that the measurements send.
enum Requests {
    static func get(_ path: String, _ headers: String...) -> [UInt8] {
        let fields = headers.map { $0 + "\r\n" }.joined()
        return Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n".utf8)
    }

    static func events(_ events: [VoiceEvent]) throws -> [UInt8] {
        let body = try JSONEncoder().encode(events)
        let head =
            "POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// A scrape as Prometheus asks for it.
    static let scrape = get(
        "/metrics", "Accept: application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5",
        "Accept-Encoding: gzip")

    /// A stream of all topics, as the dashboard asks for it.
    static let stream = get("/metrics/stream?topics=all", "Accept: text/event-stream")

    /// Requests of so many simulated events each, one after the other.
    static func simulated(seed: UInt64, sessions: Int, requests: Int, eventsEach: Int) throws -> [[UInt8]] {
        var simulation = Simulation(
            SimulationConfiguration(
                seed: seed, sessions: sessions, isEndless: true, beginning: TimeSource.system.now().wall))
        return try (0..<requests).map { _ in
            try self.events((0..<eventsEach).compactMap { _ in simulation.next()?.event })
        }
    }
}
