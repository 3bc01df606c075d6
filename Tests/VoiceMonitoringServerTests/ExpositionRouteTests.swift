import HTTPTypes
import Hummingbird
import Logging
import NIOEmbedded
import PrometheusMetrics
import Testing

@testable import VoiceMonitoringServer

@Suite struct ExpositionRouteTests {
    @Test func `a scrape that finds no place is refused and counted, and costs the others nothing`() throws {
        let registry = Registry()
        let instruments = try ScrapeInstruments(registry)
        let limiter = ScrapeLimiter(limit: 2, instruments: instruments)
        let route = ExpositionRoute(registry: registry, instruments: instruments, limiter: limiter)
        let channels = (0..<3).map { _ in EmbeddedChannel() }
        let places = channels.prefix(2).map { limiter.enter($0) }

        let failure = #expect(throws: RequestFailure.self) { try respond(route, on: channels[2]) }
        #expect(failure?.status == .serviceUnavailable)
        #expect(failure?.code == .tooManyScrapes)
        #expect(failure?.headers == [.retryAfter: "10"])
        let lines = String(decoding: registry.exposition(.text), as: UTF8.self).split(separator: "\n")
        #expect(lines.contains(#"amplifier_voice_exporter_scrapes_total{code="503",format="text"} 1"#))
        #expect(lines.contains("amplifier_voice_exporter_scrapes_in_flight 2"))
        #expect(lines.contains("amplifier_voice_exporter_scrapes_cut_off_total 0"))
        withExtendedLifetime(places) {}
    }

    @Test func `a place that was given back serves the next scrape`() throws {
        let registry = Registry()
        let instruments = try ScrapeInstruments(registry)
        let limiter = ScrapeLimiter(limit: 1, instruments: instruments)
        let route = ExpositionRoute(registry: registry, instruments: instruments, limiter: limiter)
        do {
            let place = try #require(limiter.enter(EmbeddedChannel()))
            #expect(throws: RequestFailure.self) { try respond(route, on: EmbeddedChannel()) }
            withExtendedLifetime(place) {}
        }
        #expect(try respond(route, on: EmbeddedChannel()).status == .ok)
    }

    @discardableResult
    private func respond(_ route: ExpositionRoute, on channel: EmbeddedChannel) throws -> Response {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "exporter", path: "/metrics")
        let source = ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test"))
        return try route.respond(
            to: Request(head: head, body: RequestBody(buffer: ByteBuffer())),
            context: MonitoringRequestContext(source: source))
    }
}
