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

    /// Whether the sum is shown in a text format. One that can go down is left out, which is one of observations below
    /// zero; OpenMetrics knows no sum below zero at all (OpenMetrics 1.0.0, "Histogram").
    func showsSum(in format: ExpositionFormat) -> Bool {
        layout.bounds.first ?? 0 >= 0 && (format != .openMetrics || !(sum < 0))
    }

    /// Whether the count is shown in a text format. In OpenMetrics there is one where there is a sum, and only there
    /// (OpenMetrics 1.0.0, "Text format", "Histogram"); the last bucket tells it as well.
    func showsCount(in format: ExpositionFormat) -> Bool {
        format != .openMetrics || showsSum(in: format)
    }
}
