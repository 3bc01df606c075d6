import PrometheusMetrics
import Synchronization

/// How the exporter is scraped.
final class ScrapeInstruments: Sendable {
    private struct ScrapeLabel: LabelSet {
        static let labelNames = ["code", "format"]
        var code: Int
        var format: ExpositionFormat
        var labelValues: [String] { [String(code), format.rawValue] }
    }

    private let scrapes: Family<ScrapeLabel, Counter>
    private let inFlight: Gauge
    private let duration: Histogram
    private let series: Gauge
    private let running = Atomic<Int>(0)

    init(_ registry: Registry) throws {
        scrapes = try registry.counter(
            "amplifier_voice_exporter_scrapes_total", help: "Scrapes by status code and format.",
            labels: ScrapeLabel.self)
        inFlight = try registry.gauge(
            "amplifier_voice_exporter_scrapes_in_flight", help: "Scrapes that are being answered, this one included.")
        duration = try registry.histogram(
            "amplifier_voice_exporter_scrape_duration_seconds", help: "Time to answer a scrape.",
            buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1])
        series = try registry.gauge(
            "amplifier_voice_exporter_series", help: "Samples in the exposition before this one.")
        scrapes.create(
            [200, 500, 503].flatMap { code in
                ExpositionFormat.allCases.map { ScrapeLabel(code: code, format: $0) }
            })
    }

    /// Answers one scrape, unless `limit` are being answered already; then there is none.
    func scrape<Answer>(limit: Int, format: ExpositionFormat, _ answer: () throws -> Answer) rethrows -> Answer? {
        let count = running.wrappingAdd(1, ordering: .relaxed).newValue
        defer { running.wrappingSubtract(1, ordering: .relaxed) }
        guard count <= limit else {
            scrapes[ScrapeLabel(code: 503, format: format)].increment()
            return nil
        }
        inFlight.add(1)
        defer { inFlight.add(-1) }
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let answer = try answer()
            duration.observe((clock.now - start) / .seconds(1))
            scrapes[ScrapeLabel(code: 200, format: format)].increment()
            return answer
        } catch {
            scrapes[ScrapeLabel(code: 500, format: format)].increment()
            throw error
        }
    }

    /// Takes the number of samples of an exposition: its lines that are no metadata.
    func count(_ exposition: [UInt8]) {
        var samples = 0
        var isLineStart = true
        for byte in exposition {
            if isLineStart, byte != UInt8(ascii: "#") { samples += 1 }
            isLineStart = byte == UInt8(ascii: "\n")
        }
        series.set(Double(samples))
    }
}
