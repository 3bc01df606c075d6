import PrometheusMetrics
import Testing

@Test func `the landing page counts`() throws {
    let registry = Registry()
    let jobs = try registry.counter("jobs_total", help: "Jobs done.")
    jobs.increment()
    print(String(decoding: registry.exposition(), as: UTF8.self))
    #expect(registry.text == "# HELP jobs_total Jobs done.\n# TYPE jobs_total counter\njobs_total 1\n")
}
