// The sample lines of the text formats, which differ only in exemplars and creation times.

extension ChildWriter {
    mutating func writeLines(of value: CounterValue) {
        writeLine { line in
            if value.fraction == 0 { line.put(value.whole) } else { line.put(value.value) }
        }
        writeCreated { line, series in
            line.put(series.counterName)
            line.put("_created")
            line.put(series.labels)
        }
    }

    mutating func writeLine(of value: Double) {
        writeLine { $0.put(value) }
    }

    mutating func writeLines(of reading: HistogramReading) {
        let (showsSum, showsCount) = (reading.showsSum(in: format), reading.showsCount(in: format))
        sampleCount += reading.counts.count + (showsSum ? 1 : 0) + (showsCount ? 1 : 0)
        let exemplars = format == .openMetrics ? reading.exemplars : []
        let count = exemplars.isEmpty ? writeBuckets(reading) : writeBuckets(reading, exemplars)
        bytes.append(atMost: 2 * (series.prefix.count + NumberText.maximumLength + 3)) { lines in
            if showsSum {
                lines.put(series, "_sum")
                lines.put(reading.sum)
                lines.put(UInt8(ascii: "\n"))
            }
            if showsCount {
                lines.put(series, "_count")
                lines.put(count)
                lines.put(UInt8(ascii: "\n"))
            }
        }
        writeCreated { line, series in line.put(series, "_created") }
    }

    private mutating func writeLine(_ putValue: (inout TextCursor) -> Void) {
        sampleCount += 1
        bytes.append(atMost: series.prefix.count + NumberText.maximumLength + 1) { line in
            line.put(series.prefix)
            putValue(&line)
            line.put(UInt8(ascii: "\n"))
        }
    }

    /// Writes when the child was created, in the text format that has a sample for that.
    private mutating func writeCreated(_ putStart: (inout TextCursor, Series) -> Void) {
        guard format == .openMetrics, let created else { return }
        sampleCount += 1
        bytes.append(atMost: series.prefix.count + NumberText.maximumLength + 12) { line in
            putStart(&line, series)
            line.put(created)
            line.put(UInt8(ascii: "\n"))
        }
    }

    /// Writes all cumulative buckets in one go. Returns the number of observations.
    private mutating func writeBuckets(_ reading: HistogramReading) -> UInt64 {
        var total: UInt64 = 0
        bytes.append(atMost: series.maximumLength(of: reading.layout)) { lines in
            for bucket in reading.counts.indices {
                total &+= reading.counts[bucket]
                lines.put(series, reading.layout.text(ofBucket: bucket), total)
                lines.put(UInt8(ascii: "\n"))
            }
        }
        return total
    }

    /// Writes each cumulative bucket with its exemplar. Returns the number of observations.
    private mutating func writeBuckets(_ reading: HistogramReading, _ exemplars: [Exemplar?]) -> UInt64 {
        var total: UInt64 = 0
        for bucket in reading.counts.indices {
            total &+= reading.counts[bucket]
            bytes.append(atMost: series.maximumLength(of: reading.layout)) { line in
                line.put(series, reading.layout.text(ofBucket: bucket), total)
            }
            exemplars[bucket]?.append(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
        return total
    }
}

extension TextCursor {
    fileprivate mutating func put(_ series: Series, _ bound: UnsafeBufferPointer<UInt8>, _ total: UInt64) {
        put(series.prefix)
        put(bound)
        put(total)
    }

    /// Writes the name and the labels of a sample of a histogram that is no bucket.
    fileprivate mutating func put(_ series: Series, _ suffix: StaticString) {
        put(series.name)
        put(suffix)
        let labels = series.histogramLabels
        put(labels)
        put(labels.isEmpty ? " " : "} ")
    }
}
