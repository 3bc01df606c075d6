/// The plain form of a histogram: observations counted in classic buckets, in native ones or in both, with their sum.
public struct HistogramValue: MetricValue, Codable, Equatable {
    /// A histogram family.
    public static let type = MetricType.histogram

    /// The buckets that the observations are counted in.
    public let buckets: Buckets

    /// The sum of all observations, in their unit.
    public private(set) var sum: Double = 0

    /// Observations in each classic bucket, not accumulated; the last counts those above every bound.
    private var counts: [UInt64]

    /// The last exemplar of each classic bucket; empty until there is one.
    private var exemplars: [Exemplar?] = []

    private var native: NativeBuckets?

    /// Creates a histogram without observations.
    public init(_ buckets: Buckets) {
        self.buckets = buckets
        counts = Array(repeating: 0, count: buckets.layout.bucketCount)
        native = buckets.isNative ? NativeBuckets() : nil
    }

    init(_ buckets: Buckets, _ reading: HistogramReading) {
        self.buckets = buckets
        counts = Array(reading.counts)
        sum = reading.sum
        exemplars = reading.exemplars
        native = reading.native
    }

    /// Reads a histogram.
    ///
    /// - Throws: `DecodingError` where what was counted does not fit the buckets.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        buckets = try container.decode(Buckets.self, forKey: .buckets)
        sum = try container.decode(Double.self, forKey: .sum)
        counts = try container.decode([UInt64].self, forKey: .counts)
        exemplars = try container.decode([Exemplar?].self, forKey: .exemplars)
        native = try container.decodeIfPresent(NativeBuckets.self, forKey: .native)
        guard counts.count == buckets.layout.bucketCount, exemplars.isEmpty || exemplars.count == counts.count,
            buckets.isNative == (native != nil)
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .counts, in: container, debugDescription: "must fit the buckets, as exemplars and native must")
        }
    }

    /// The number of observations.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// Counts one observation in the family's unit, in the first classic bucket whose bound is not below it and in its
    /// native one. What is not a number is not an observation.
    public mutating func observe(_ value: Double) {
        count(value)
    }

    /// Counts one observation, which stands for those of its classic bucket from now on.
    public mutating func observe(_ value: Double, exemplar: Exemplar?) {
        guard let bucket = count(value), let exemplar else { return }
        if exemplars.isEmpty { exemplars = Array(repeating: nil, count: counts.count) }
        exemplars[bucket] = exemplar
    }

    /// Counts one observation and returns its classic bucket; none for what is not a number.
    @discardableResult
    private mutating func count(_ value: Double) -> Int? {
        guard !value.isNaN else { return nil }
        let bucket = buckets.layout.search.bucket(of: value)
        counts[bucket] &+= 1
        sum += value
        native?.observe(value)
        return bucket
    }

    /// Writes the buckets, the sum and the count.
    public func write(to child: inout ChildWriter) {
        counts.withUnsafeBufferPointer { counts in
            child.histogram(
                HistogramReading(
                    layout: buckets.layout, counts: counts, sum: sum, exemplars: exemplars, native: native))
        }
    }
}
