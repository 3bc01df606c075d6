import TestSupport
import Testing

@testable import PrometheusMetrics

struct BucketLayoutTests {
    /// Around the size of a block and of several.
    @Test(arguments: [1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 100, 255, 256, 257, 1_000])
    func `the bucket of a value is the first whose bound is not below it`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let bounds = (0..<count).map { _ in Double.random(in: -10...10, using: &generator) }.sorted()
        let layout = BucketLayout(bounds)
        let values =
            bounds.flatMap { [$0.nextDown, $0, $0.nextUp] }
            + (0..<1_000).map { _ in Double.random(in: -11...11, using: &generator) }
            + [.infinity, -.infinity, .greatestFiniteMagnitude, 0, -0.0, .leastNonzeroMagnitude]
        let wrong = values.filter { value in
            layout.search.bucket(of: value) != bounds.firstIndex { value <= $0 } ?? bounds.count
        }
        #expect(wrong == [])
    }

    @Test func `every bound has its text, and infinity the last`() {
        let layout = BucketLayout([0.5, 1, 1e6])
        let texts = (0..<layout.bucketCount).map { String(decoding: layout.text(ofBucket: $0), as: UTF8.self) }
        #expect(texts == [#"le="0.5"} "#, #"le="1.0"} "#, #"le="1e+06"} "#, #"le="+Inf"} "#])
        #expect(layout.textLength == texts.joined().utf8.count)
    }
}
