import PrometheusMetrics
import Testing

@Test func `the samples of Choose buckets print what it says`() throws {
    let thresholds: Buckets = [0.5, 0.8, 1.2, 2]
    let usual = Buckets.durations
    let sizes = try Buckets.exponential(from: 256, by: 4, count: 5)
    let shares = try Buckets.linear(from: 0.1, by: 0.1, count: 9)

    #expect(usual.bounds.count == 11)
    #expect(sizes.bounds == [256, 1024, 4096, 16384, 65536])
    #expect(shares.bounds.count == 9)

    let both = Buckets.native(beside: thresholds)
    let registry = Registry()
    let delays = try registry.histogram("delay_seconds", help: "Delay.", buckets: both)
    delays.observe(0.6)

    #expect(try registry.text?.hasSuffix("histogram\n" + Article("ChooseBuckets").outputs.joined()) == true)
    #expect(delays.value.buckets == both)
}
