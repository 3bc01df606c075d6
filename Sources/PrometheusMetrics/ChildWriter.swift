/// Writes the samples of one child after the other, in the format of the exposition.
public struct ChildWriter: ~Copyable {
    let format: ExpositionFormat
    /// The exposition so far.
    var bytes: [UInt8] = []
    /// The samples so far.
    private(set) var sampleCount = 0
    private var series = Series.none

    init(_ format: ExpositionFormat, expecting size: Int) {
        self.format = format
        bytes.reserveCapacity(size)
    }

    /// Says whose samples come next. The list of the series must live until they are written.
    mutating func begin(_ series: Series) {
        self.series = series
    }

    /// Writes the one sample of a counter.
    mutating func counter(_ value: CounterValue) {
        line { line in
            if value.fraction == 0 { line.put(value.whole) } else { line.put(value.value) }
        }
    }

    /// Writes the one sample of a gauge.
    mutating func gauge(_ value: Double) {
        line { $0.put(value) }
    }

    private mutating func line(_ putValue: (inout TextCursor) -> Void) {
        sampleCount += 1
        bytes.append(atMost: series.prefix.count + NumberText.maximumLength + 1) { line in
            line.put(series.prefix)
            putValue(&line)
            line.put(UInt8(ascii: "\n"))
        }
    }

    /// Writes the cumulative buckets, the sum and the count of a histogram, and exemplars in the format that has them.
    mutating func histogram(_ reading: HistogramReading) {
        sampleCount += reading.counts.count + (reading.hasGrowingSum ? 2 : 1)
        let exemplars = format == .openMetrics ? reading.exemplars : []
        let total = exemplars.isEmpty ? buckets(reading) : buckets(reading, exemplars)
        bytes.append(atMost: 2 * (series.prefix.count + NumberText.maximumLength + 3)) { text in
            if reading.hasGrowingSum {
                text.putName(series, "_sum")
                text.put(reading.sum)
                text.put(UInt8(ascii: "\n"))
            }
            text.putName(series, "_count")
            text.put(total)
            text.put(UInt8(ascii: "\n"))
        }
    }

    /// Writes all buckets in one go. Returns the number of observations.
    private mutating func buckets(_ reading: HistogramReading) -> UInt64 {
        var total: UInt64 = 0
        bytes.append(atMost: series.maximumLength(of: reading.layout)) { text in
            for bucket in reading.counts.indices {
                total &+= reading.counts[bucket]
                text.putBucket(series, reading.layout.text(ofBucket: bucket), total)
                text.put(UInt8(ascii: "\n"))
            }
        }
        return total
    }

    private mutating func buckets(_ reading: HistogramReading, _ exemplars: [Exemplar?]) -> UInt64 {
        var total: UInt64 = 0
        for bucket in reading.counts.indices {
            total &+= reading.counts[bucket]
            bytes.append(atMost: series.maximumLength(of: reading.layout)) { text in
                text.putBucket(series, reading.layout.text(ofBucket: bucket), total)
            }
            exemplars[bucket]?.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return total
    }
}

extension TextCursor {
    fileprivate mutating func putBucket(_ series: Series, _ bound: UnsafeBufferPointer<UInt8>, _ total: UInt64) {
        put(series.prefix)
        put(bound)
        put(total)
    }

    /// Writes the name and the labels of a sample of a histogram that is no bucket.
    fileprivate mutating func putName(_ series: Series, _ suffix: StaticString) {
        put(series.name)
        put(suffix)
        let labels = series.histogramLabels
        put(labels)
        put(labels.isEmpty ? " " : "} ")
    }
}
