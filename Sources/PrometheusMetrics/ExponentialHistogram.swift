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
    /// The index of the first bucket in `buckets`.
    private var offset = 0
    private var buckets: [UInt32] = []

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
            add(1, toBucket: ExponentialBuckets.index(of: value))
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
        if !other.buckets.isEmpty {
            reach(other.offset)
            reach(other.offset + other.buckets.count - 1)
            for (position, observations) in other.buckets.enumerated() where observations > 0 {
                add(observations, toBucket: other.offset + position)
            }
        }
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
        for (position, observations) in buckets.enumerated() {
            passed += Int(observations)
            if rank <= passed {
                let middle = ExponentialBuckets.middle(of: offset + position)
                return Swift.min(Swift.max(middle, min), max)
            }
        }
        return max
    }

    private mutating func add(_ observations: UInt32, toBucket index: Int) {
        reach(index)
        buckets[index - offset] &+= observations
    }

    /// Widens the buckets until they hold this index.
    private mutating func reach(_ index: Int) {
        if buckets.isEmpty {
            offset = index
            buckets = [0]
        } else if index < offset {
            buckets.insert(contentsOf: repeatElement(0, count: offset - index), at: 0)
            offset = index
        } else if index >= offset + buckets.count {
            buckets.append(contentsOf: repeatElement(0, count: index - offset - buckets.count + 1))
        }
    }
}

/// The bucket bounds of schema 6.
enum ExponentialBuckets {
    /// Values below it are in no bucket.
    static let smallest = 0x1p-20
    /// Values above it are not observed.
    static let largest = 0x1p40

    private static let perDoubling = 64

    /// 2^(k/64) for k from 0 to 63, from repeated square roots of 2, which are correctly rounded.
    private static let fractions: [Double] = {
        let roots = sequence(first: 2.0.squareRoot()) { $0.squareRoot() }.prefix(6)
        return (0..<perDoubling).map { k in
            zip(roots, [32, 16, 8, 4, 2, 1]).reduce(1.0) { k & $1.1 == 0 ? $0 : $0 * $1.0 }
        }
    }()

    /// The index of the bucket that holds a positive, finite value.
    static func index(of value: Double) -> Int {
        let significand = value.significand
        var low = 0
        var high = perDoubling
        while low < high {
            let middle = (low + high) / 2
            if fractions[middle] < significand { low = middle + 1 } else { high = middle }
        }
        return Int(value.exponent) * perDoubling + low
    }

    /// The geometric middle of a bucket, which is at most 0.55 % from every value in it.
    static func middle(of index: Int) -> Double {
        let halfBucket = 1.0054299011128027  // 2^(1/128)
        return upperBound(of: index) / halfBucket
    }

    static func upperBound(of index: Int) -> Double {
        let (doublings, fraction) = (index >> 6, index & (perDoubling - 1))
        return Double(sign: .plus, exponent: doublings, significand: fractions[fraction])
    }
}
