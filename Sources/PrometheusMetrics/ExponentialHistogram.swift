/// Observations counted in buckets whose bounds grow by a constant factor, so that a quantile of any distribution is
/// known to within a fixed relative error.
///
/// The factor is 2^(1/64) (schema 6 of Prometheus native histograms): a value is known to within 0.55 %. Bucket `i`
/// counts the values above 2^((i-1)/64) and up to 2^(i/64). Source: Prometheus "Native Histograms", "Buckets".
///
/// Count, sum, smallest and largest value are exact. Memory is that of the buckets between the smallest and the largest
/// value, at 4 bytes each: at most 64 for each doubling. Values below 2^-20 count as zero, so that tiny ones cannot
/// make it grow.
public struct ExponentialHistogram: Codable, Equatable, Sendable {
    /// The number of observations.
    public private(set) var count = 0
    /// The sum of all observations.
    public private(set) var sum: Double = 0
    /// The smallest observation; none where nothing was observed.
    public private(set) var min: Double?
    /// The largest observation; none where nothing was observed.
    public private(set) var max: Double?

    /// Observations too small for a bucket.
    private var zeros = 0
    private var buckets = BucketRun<UInt32>()

    /// Creates a histogram without observations.
    public init() {}

    /// Counts one observation. What is negative, not finite or above 2^40 is not one.
    public mutating func observe(_ value: Double) {
        guard value >= 0, value <= ExponentialBuckets.largest else { return }
        count += 1
        sum += value
        min = Swift.min(min ?? value, value)
        max = Swift.max(max ?? value, value)
        if value < ExponentialBuckets.smallest {
            zeros += 1
        } else {
            buckets.add(1, toBucket: ExponentialBuckets.index(of: value))
        }
    }

    /// Adds the observations of another histogram.
    public mutating func merge(_ other: ExponentialHistogram) {
        guard let otherMin = other.min, let otherMax = other.max else { return }
        count += other.count
        sum += other.sum
        min = Swift.min(min ?? otherMin, otherMin)
        max = Swift.max(max ?? otherMax, otherMax)
        zeros += other.zeros
        buckets.add(other.buckets)
    }

    /// The mean of all observations; none where nothing was observed.
    public var mean: Double? {
        count == 0 ? nil : sum / Double(count)
    }

    /// The nearest-rank percentile: the smallest observation that at least `percent` of all do not exceed, to within
    /// 0.55 %; none where nothing was observed. `percent` is taken as a number from 0 to 100.
    public func percentile(_ percent: Int) -> Double? {
        guard let min, let max else { return nil }
        let rank = (Swift.min(Swift.max(percent, 0), 100) * count + 99) / 100
        if rank <= 1 { return min }
        if rank >= count { return max }
        var passed = zeros
        if rank <= passed { return min }
        for (position, observations) in buckets.counts.enumerated() {
            passed += Int(observations)
            if rank <= passed {
                let middle = ExponentialBuckets.middle(of: buckets.offset + position)
                return Swift.min(Swift.max(middle, min), max)
            }
        }
        return max
    }
}
