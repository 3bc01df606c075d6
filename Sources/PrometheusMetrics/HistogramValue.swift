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

    /// The last exemplar of each bucket; empty until there is one.
    private var exemplars: [Exemplar?] = []

    /// Creates a histogram without observations.
    public init(_ buckets: Buckets) {
        self.init(buckets, counts: Array(repeating: 0, count: buckets.layout.bucketCount), sum: 0, exemplars: [])
    }

    init(_ buckets: Buckets, counts: [UInt64], sum: Double, exemplars: [Exemplar?]) {
        self.buckets = buckets
        self.counts = counts
        self.sum = sum
        self.exemplars = exemplars
    }

    /// Reads a histogram.
    ///
    /// - Throws: `DecodingError` where the counts do not fit the buckets.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        buckets = try container.decode(Buckets.self, forKey: .buckets)
        sum = try container.decode(Double.self, forKey: .sum)
        counts = try container.decode([UInt64].self, forKey: .counts)
        exemplars = try container.decode([Exemplar?].self, forKey: .exemplars)
        guard counts.count == buckets.layout.bucketCount, exemplars.isEmpty || exemplars.count == counts.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .counts, in: container, debugDescription: "must be one more than the bounds")
        }
    }

    /// The number of observations.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// Counts one observation in the family's unit, in the first bucket whose bound is not below it.
    /// What is not a number is not an observation.
    public mutating func observe(_ value: Double) {
        count(value)
    }

    /// Counts one observation, which stands for those of its bucket from now on.
    public mutating func observe(_ value: Double, exemplar: Exemplar?) {
        guard let bucket = count(value), let exemplar else { return }
        if exemplars.isEmpty { exemplars = Array(repeating: nil, count: counts.count) }
        exemplars[bucket] = exemplar
    }

    /// Counts one observation and returns its bucket; none for what is not a number.
    @discardableResult
    private mutating func count(_ value: Double) -> Int? {
        guard !value.isNaN else { return nil }
        let bucket = buckets.layout.bucket(of: value)
        counts[bucket] &+= 1
        sum += value
        return bucket
    }

    /// Writes the cumulative buckets, the sum and the count.
    public func write(to child: inout ChildWriter) {
        counts.withUnsafeBufferPointer { counts in
            child.histogram(HistogramReading(layout: buckets.layout, counts: counts, sum: sum, exemplars: exemplars))
        }
    }
}

/// A histogram at one moment, as it is printed.
struct HistogramReading {
    let layout: BucketLayout
    /// Observations in each bucket, not accumulated.
    let counts: UnsafeBufferPointer<UInt64>
    let sum: Double
    /// One for each bucket, or none at all.
    let exemplars: [Exemplar?]

    /// The sum is left out where a bound is negative, since it can then go down (OpenMetrics 1.0.0, "Histogram").
    var hasGrowingSum: Bool { layout.bounds.first ?? 0 >= 0 }
}
