/// A histogram at one moment, as it is printed.
struct HistogramReading {
    let layout: BucketLayout
    /// Observations in each classic bucket, not accumulated; the last counts those above every bound.
    let counts: UnsafeBufferPointer<UInt64>
    let sum: Double
    /// The last exemplar of each classic bucket, or none at all.
    let exemplars: [Exemplar?]
    /// The native buckets, where there are any and the format has a place for them.
    let native: NativeBuckets?

    /// The number of observations.
    var count: UInt64 { counts.reduce(0, &+) }

    /// The text formats leave out a sum that can go down, which is one of observations below zero (OpenMetrics 1.0.0,
    /// "Histogram").
    var hasGrowingSum: Bool { layout.bounds.first ?? 0 >= 0 }
}
