import PrometheusMetrics
import Testing

@Test func `the samples of Label safely print what it says`() throws {
    struct Tool: LabelSet {
        static let labelNames = ["tool"]
        var name: String
        var labelValues: [String] { [name] }
    }
    let registry = Registry()
    let overflows = try registry.counter("label_overflows_total", help: "Names without a place.")
    let calls = try registry.counter(
        "calls_total", help: "Calls of tools.", labels: Tool.self,
        limit: ChildLimit(2, other: Tool(name: "other"), overflows: overflows))
    calls.create([Tool(name: "search")])

    for name in ["junk\"} 1\n# EOF", "more junk", "junk without end", "search"] {
        calls[Tool(name: name)].increment()
    }

    #expect(try registry.text == Article("LabelSafely").outputs.joined())

    let labels = try DynamicLabels([LabelPair(name: "zone", value: "b"), LabelPair(name: "host", value: "a")])

    #expect(labels.labelValues == ["a", "b"])
}
