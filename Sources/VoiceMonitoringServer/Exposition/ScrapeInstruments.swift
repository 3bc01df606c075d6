import PrometheusMetrics

/// How the exporter is scraped.
struct ScrapeInstruments: Sendable {
    private struct ScrapeLabel: LabelSet {
        static let labelNames = ["code", "format"]
        var code: Int
        var format: ExpositionFormat
        var labelValues: [String] { [String(code), format.rawValue] }
    }

    let inFlight: Gauge
    let cutOff: Counter
    private let scrapes: Family<ScrapeLabel, Counter>
    private let duration: Histogram
    private let series: Gauge

    init(_ registry: Registry) throws {
        scrapes = try registry.counter(
            "amplifier_voice_exporter_scrapes_total", help: "Scrapes by status code and format.",
            labels: ScrapeLabel.self)
        inFlight = try registry.gauge(
            "amplifier_voice_exporter_scrapes_in_flight",
            help: "Scrapes whose client has not got the whole answer, this one included.")
        cutOff = try registry.counter(
            "amplifier_voice_exporter_scrapes_cut_off_total",
            help: "Scrapes whose client had not read the answer when another one needed their place.")
        duration = try registry.histogram(
            "amplifier_voice_exporter_scrape_duration_seconds", help: "Time to make the answer to a scrape.",
            buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1])
        series = try registry.gauge(
            "amplifier_voice_exporter_series", help: "Samples in the exposition before this one.")
        scrapes.create(
            [200, 500, 503].flatMap { code in
                ExpositionFormat.allCases.map { ScrapeLabel(code: code, format: $0) }
            })
    }

    /// Measures and counts the making of one answer.
    func measure<Answer, Failure: Error>(
        _ format: ExpositionFormat, _ makeAnswer: () throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        do {
            let answer = try duration.time(makeAnswer)
            scrapes[ScrapeLabel(code: 200, format: format)].increment()
            return answer
        } catch {
            scrapes[ScrapeLabel(code: 500, format: format)].increment()
            throw error
        }
    }

    /// Counts a scrape for which there was no place.
    func countRefused(_ format: ExpositionFormat) {
        scrapes[ScrapeLabel(code: 503, format: format)].increment()
    }

    /// Takes the number of samples of an exposition.
    func setSeries(_ count: Int) {
        series.set(Double(count))
    }
}
