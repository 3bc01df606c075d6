import TestSupport
import Testing

@testable import PrometheusMetrics

struct NativeBucketsTests {
    private func buckets(of values: some Sequence<Double>) -> NativeBuckets {
        var buckets = NativeBuckets()
        for value in values { buckets.observe(value) }
        return buckets
    }

    private func total(_ buckets: NativeBuckets) -> UInt64 {
        buckets.zeroCount + (buckets.positive.counts + buckets.negative.counts).reduce(0, +)
    }

    /// Where a value lies, by the bounds of a schema as the documentation of Prometheus gives them.
    private func isInside(_ value: Double, index: Int, schema: Int) -> Bool {
        let finest = index << (6 - schema)
        let lower = ExponentialBuckets.upperBound(of: finest - (1 << (6 - schema)))
        return value > lower && value <= ExponentialBuckets.upperBound(of: finest)
    }

    @Test func `the buckets are those that percentiles are computed from`() {
        let values = [0.01, 0.35, 0.35, 1, 12, 4000]
        let native = buckets(of: values)
        #expect(native.schema == 6)
        var expected = BucketRun<UInt64>()
        for value in values { expected.add(1, toBucket: ExponentialBuckets.index(of: value)) }
        #expect(native.positive == expected)
    }

    @Test(arguments: [0, -0.0, 0x1p-30, -0x1p-30, .leastNonzeroMagnitude, 1e-300])
    func `what is next to nothing counts as zero`(value: Double) {
        let native = buckets(of: [value])
        #expect(native.zeroCount == 1)
        #expect(total(native) == 1)
    }

    @Test func `negative numbers have buckets of their own`() {
        let native = buckets(of: [-1, -1, 1, -8])
        #expect(native.negative.offset == 0 && native.negative.counts.first == 2)
        #expect(native.negative.counts.count == 193 && native.negative.counts.last == 1)
        #expect(native.positive.counts == [1])
    }

    @Test func `what is too large counts in the last bucket`() {
        for value in [0x1p64, .greatestFiniteMagnitude, .infinity] {
            #expect(buckets(of: [value]).positive.offset == 64 * 64)
            #expect(buckets(of: [-value]).negative.offset == 64 * 64)
        }
    }

    @Test(arguments: 0..<8)
    func `however far numbers lie apart, buckets are few and every number is in its own`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let spread = Int.random(in: 0...90, using: &generator)
        let lowest = -28
        let values = (0..<2_000).map { _ in
            Double(
                sign: Bool.random(using: &generator) ? .plus : .minus,
                exponent: lowest + Int.random(in: 0...spread, using: &generator),
                significand: Double.random(in: 1..<2, using: &generator))
        }
        let native = buckets(of: values)
        #expect(total(native) == 2_000)
        #expect(native.positive.counts.count + native.negative.counts.count <= NativeBuckets.maximumCount)
        var expected: (positive: BucketRun<UInt64>, negative: BucketRun<UInt64>) = (BucketRun(), BucketRun())
        for value in values {
            let index = (native.positive.offset - 1..<native.positive.offset + 1_281).first { index in
                isInside(value.magnitude, index: index, schema: native.schema)
            }
            let other = (native.negative.offset - 1..<native.negative.offset + 1_281).first { index in
                isInside(value.magnitude, index: index, schema: native.schema)
            }
            if value > 0, let index { expected.positive.add(1, toBucket: index) }
            if value < 0, let other { expected.negative.add(1, toBucket: other) }
        }
        #expect(native.positive == expected.positive)
        #expect(native.negative == expected.negative)
    }

    @Test func `it stays at the finest schema while values differ by less than a million times`() {
        #expect(buckets(of: [0.0001, 99]).schema == 6)
        #expect(buckets(of: [0.0001, 1_000]).schema == 5)
        #expect(buckets(of: [0x1p-29, 0x1p64]).schema == 3)
    }

    @Test func `the merged parts equal the whole, whatever their schemas`() {
        let small = (1...500).map { Double($0) / 100 }
        let wide = (-29...60).map { Double(sign: .plus, exponent: $0, significand: 1.3) } + [-3, -0.001, 0]
        for (one, other) in [(small, wide), (wide, small), (small, small), ([], wide), (wide, [])] {
            var merged = buckets(of: one)
            merged.merge(buckets(of: other))
            let whole = buckets(of: one + other)
            #expect(merged == whole)
        }
    }

    @Test func `stretches leave out what is empty, unless that is short`() {
        var run = BucketRun<UInt64>()
        for index in [-5, -4, -1, 3, 4, 5, 9] { run.add(1, toBucket: index) }
        #expect(run.spans == [-5..<0, 3..<6, 9..<10])
        #expect(BucketRun<UInt64>().spans == [])
    }

    @Test func `one observation counts in classic and in native buckets`() throws {
        let shared = Histogram(.native(beside: [1, 2]))
        var plain = HistogramValue(.native(beside: [1, 2]))
        for value in [0.5, 1.5, -1, 3, .nan, .infinity] {
            shared.observe(value)
            plain.observe(value)
        }
        #expect(shared.value == plain)
        shared.split()
        shared.observe(7)
        plain.observe(7)
        #expect(shared.value == plain)
        #expect(shared.value.count == 6)
    }

    @Test(arguments: [Buckets.native, .native(beside: [0.5, 1])])
    func `a native histogram survives JSON and counts on`(buckets: Buckets) throws {
        var histogram = HistogramValue(buckets)
        for value in [0.25, 0.25, 900, -3] { histogram.observe(value) }
        var copy = try throughJSON(histogram)
        #expect(copy == histogram)
        #expect(copy.buckets == buckets)
        copy.observe(2)
        histogram.observe(2)
        #expect(copy == histogram)
    }

    @Test func `buckets with native ones are others than those without`() {
        #expect(Buckets.native(beside: [1]) != [1])
        #expect(Buckets.native(beside: [1]) == .native(beside: [1]))
        #expect(Buckets.native(beside: [1]) != .native)
        #expect(Buckets.native.bounds == [])
    }

    @Test func `stored native buckets must be there if and only if they belong to the buckets`() {
        for json in [
            #"{"buckets":{"nativeBeside":[1]},"sum":0,"counts":[0,0],"exemplars":[]}"#,
            #"{"buckets":[1],"sum":0,"counts":[0,0],"exemplars":[],"native":{"schema":6,"zeroCount":0,"#
                + #""positive":{"offset":0,"counts":[]},"negative":{"offset":0,"counts":[]}}}"#,
        ] {
            #expect(throws: DecodingError.self) { try decoded(HistogramValue.self, fromJSON: json) }
        }
    }

    @Test func `text shows the sum and the count of native buckets alone`() throws {
        let registry = Registry()
        try registry.histogram("wait_seconds", help: "Wait.", buckets: .native).observe(2.5)
        #expect(
            registry.text == """
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="+Inf"} 1
                wait_seconds_sum 2.5
                wait_seconds_count 1

                """)
    }
}
