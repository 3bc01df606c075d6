/// The buckets of a native histogram: as those of `ExponentialHistogram`, but for any number, and for as long as the
/// process runs.
///
/// They begin with schema 6, in which a value is known to within 0.55 %. There are at most 1,280 of them, which is a
/// range of about a million to one; where that is not enough, two become one and the error doubles. Magnitudes up to
/// 2^-30 count as zero and those above 2^64 as that. Source: Prometheus "Native Histograms".
struct NativeBuckets: Codable, Equatable, Sendable {
    /// The largest magnitude that counts as zero.
    static let zeroThreshold = 0x1p-30
    private static let largest = 0x1p64
    static let maximumCount = 1_280

    private(set) var schema = ExponentialBuckets.schema
    private(set) var zeroCount: UInt64 = 0
    private(set) var positive = BucketRun<UInt64>()
    private(set) var negative = BucketRun<UInt64>()

    /// Counts one observation, which must be a number.
    mutating func observe(_ value: Double) {
        let magnitude = value.magnitude
        guard magnitude > Self.zeroThreshold else {
            zeroCount += 1
            return
        }
        let finest = ExponentialBuckets.index(of: Swift.min(magnitude, Self.largest))
        var index = coarsened(finest)
        while count(reaching: index, isPositive: value > 0) > Self.maximumCount {
            halve()
            index = coarsened(finest)
        }
        if value > 0 { positive.add(1, toBucket: index) } else { negative.add(1, toBucket: index) }
    }

    /// The buckets there would be if this one existed, too.
    private func count(reaching index: Int, isPositive: Bool) -> Int {
        isPositive
            ? positive.count(reaching: index) + negative.counts.count
            : positive.counts.count + negative.count(reaching: index)
    }

    /// Adds the observations of other buckets.
    mutating func merge(_ other: NativeBuckets) {
        var other = other
        while schema > other.schema { halve() }
        while other.schema > schema { other.halve() }
        zeroCount += other.zeroCount
        positive.add(other.positive)
        negative.add(other.negative)
        while positive.counts.count + negative.counts.count > Self.maximumCount { halve() }
    }

    private func coarsened(_ finest: Int) -> Int {
        ExponentialBuckets.coarser(finest, by: ExponentialBuckets.schema - schema)
    }

    private mutating func halve() {
        schema -= 1
        positive.halve()
        negative.halve()
    }
}
