/// The plain form of a classic histogram: observations counted in buckets, with their sum.
public struct HistogramValue: MetricValue, Codable, Equatable {
    /// A histogram family.
    public static let type = MetricType.histogram

    /// The buckets that the observations are counted in.
    public let buckets: Buckets

    /// The sum of all observations, in their unit.
    public private(set) var sum: Double = 0

    /// Observations in each bucket, not accumulated; the last counts those above every bound.
    private var counts: [UInt64]

    /// Creates a histogram without observations.
    public init(_ buckets: Buckets) {
        self.buckets = buckets
        counts = Array(repeating: 0, count: buckets.bounds.count + 1)
    }

    /// Reads a histogram.
    ///
    /// - Throws: `DecodingError` where the counts do not fit the buckets.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        buckets = try container.decode(Buckets.self, forKey: .buckets)
        sum = try container.decode(Double.self, forKey: .sum)
        counts = try container.decode([UInt64].self, forKey: .counts)
        guard counts.count == buckets.bounds.count + 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .counts, in: container, debugDescription: "must be one more than the bounds")
        }
    }

    /// The number of observations.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// Counts one observation in the family's unit, in the first bucket whose bound is not below it.
    /// What is not a number is not an observation.
    public mutating func observe(_ value: Double) {
        guard !value.isNaN else { return }
        counts[buckets.bounds.firstIndex { value <= $0 } ?? buckets.bounds.count] &+= 1
        sum += value
    }

    /// Writes the cumulative buckets, the sum and the count.
    ///
    /// The sum is left out where a bound is negative, since it can then go down (OpenMetrics 1.0.0, "Histogram").
    public func write(to child: inout ChildWriter) {
        var total: UInt64 = 0
        for (bound, count) in zip(buckets.bounds, counts) {
            total &+= count
            child.bucket(upTo: bound, total)
        }
        total &+= counts[counts.count - 1]
        child.bucket(upTo: .infinity, total)
        if buckets.bounds[0] >= 0 { child.sample(sum, suffix: "_sum") }
        child.sample(total, suffix: "_count")
    }
}
