import PrometheusMetrics
import Testing

private func load() async throws -> String {
    await Task.yield()
    return "page"
}

@Test func `the samples of Measure time print what it says`() async throws {
    let article = try Article("MeasureTime")
    let registry = Registry()
    let durations = try registry.histogram("job_duration_seconds", help: "Time of a job.", buckets: .durations)

    let sum = durations.time { (1...1_000).reduce(0, +) }
    let page = try await durations.time { try await load() }
    durations.observe(.milliseconds(250))
    durations.observe(0.75)

    #expect((sum, page) == (500_500, "page"))
    #expect(registry.text?.hasSuffix("\n" + article.outputs[0]) == true)

    struct Trace: LabelSet {
        static let labelNames = ["trace_id"]
        var id: String
        var labelValues: [String] { [id] }
    }
    let turns = try registry.histogram("turn_duration_seconds", help: "Time of a turn.", buckets: [1, 5])
    let exemplar = Exemplar(Trace(id: "4bf92f35"), value: 4.5, unixSeconds: 1_700_000_123.5)
    turns.observe(4.5, exemplar: exemplar)

    let text = String(decoding: registry.exposition(.openMetrics), as: UTF8.self)
    #expect(text.contains("\n" + article.outputs[1]))
}
