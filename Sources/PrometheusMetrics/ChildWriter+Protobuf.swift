// The messages of the protobuf format. Source: prometheus/client_model, io/prometheus/client/metrics.proto.

extension ChildWriter {
    mutating func writeMessage(of value: CounterValue) {
        sampleCount += 1
        writeMetric { [created] metric in
            metric.append(field: 3) { counter in
                counter.append(field: 1, double: value.value)
                if let created { counter.append(field: 3) { $0.append(unixSeconds: created) } }
            }
        }
    }

    mutating func writeMessage(of value: Double) {
        sampleCount += 1
        writeMetric { metric in
            metric.append(field: 2) { $0.append(field: 1, double: value) }
        }
    }

    mutating func writeMessage(of reading: HistogramReading) {
        let hasClassic = reading.native == nil || !reading.layout.bounds.isEmpty
        sampleCount += hasClassic ? reading.counts.count + 2 : 1
        writeMetric { [created] metric in
            metric.append(field: 7) { histogram in
                histogram.append(field: 1, varint: reading.count)
                histogram.append(field: 2, double: reading.sum)
                if hasClassic { histogram.appendBuckets(of: reading) }
                if let native = reading.native { histogram.append(native) }
                if let created { histogram.append(field: 15) { $0.append(unixSeconds: created) } }
                if !hasClassic, let exemplar = reading.exemplars.first ?? nil {
                    histogram.append(field: 16) { $0.append(exemplar) }
                }
            }
        }
    }

    private mutating func writeMetric(_ write: (inout [UInt8]) -> Void) {
        let series = series
        bytes.append(field: 4) { metric in
            metric.append(contentsOf: series.prefix)
            write(&metric)
        }
    }
}

extension [UInt8] {
    /// Appends the classic buckets of a histogram, cumulative.
    fileprivate mutating func appendBuckets(of reading: HistogramReading) {
        var total: UInt64 = 0
        for bucket in reading.counts.indices {
            total &+= reading.counts[bucket]
            let bound = bucket < reading.layout.bounds.count ? reading.layout.bounds[bucket] : .infinity
            append(field: 3) { message in
                message.append(field: 1, varint: total)
                message.append(field: 2, double: bound)
                guard !reading.exemplars.isEmpty, let exemplar = reading.exemplars[bucket] else { return }
                message.append(field: 3) { $0.append(exemplar) }
            }
        }
    }

    /// Appends the native buckets of a histogram.
    fileprivate mutating func append(_ native: NativeBuckets) {
        append(field: 5, zigZag: Int64(native.schema))
        append(field: 6, double: NativeBuckets.zeroThreshold)
        append(field: 7, varint: native.zeroCount)
        append(native.negative, spans: 9, deltas: 10)
        append(native.positive, spans: 12, deltas: 13)
    }

    /// Appends buckets as spans, which leave out what is empty, and as the differences of their counts.
    private mutating func append(_ run: BucketRun<UInt64>, spans: Int, deltas: Int) {
        var end: Int?
        for span in run.spans {
            append(field: spans) { message in
                message.append(field: 1, zigZag: Int64(span.lowerBound - (end ?? 0)))
                message.append(field: 2, varint: UInt64(span.count))
            }
            end = span.upperBound
        }
        guard end != nil else { return }
        append(field: deltas) { packed in
            var last: Int64 = 0
            for index in run.spans.joined() {
                let count = Int64(bitPattern: run.counts[index - run.offset])
                packed.appendZigZag(count &- last)
                last = count
            }
        }
    }

    fileprivate mutating func append(_ exemplar: Exemplar) {
        append(labels: exemplar.labels)
        append(field: 2, double: exemplar.value)
        append(field: 3) { $0.append(unixSeconds: exemplar.unixSeconds) }
    }

    /// Appends labels with a value, each as a message of field 1.
    mutating func append(labels: [LabelPair]) {
        for pair in labels where !pair.value.isEmpty {
            append(field: 1) { message in
                message.append(field: 1, string: pair.name)
                message.append(field: 2, string: pair.value)
            }
        }
    }

    /// Appends the fields of a `google.protobuf.Timestamp`.
    fileprivate mutating func append(unixSeconds: Double) {
        // What is no time that the message can hold is left at 1970.
        guard unixSeconds.magnitude < 0x1p53 else { return }
        let whole = unixSeconds.rounded(.down)
        let nanoseconds = Swift.min(((unixSeconds - whole) * 1e9).rounded(), 999_999_999)
        append(field: 1, varint: UInt64(bitPattern: Int64(whole)))
        append(field: 2, varint: UInt64(nanoseconds))
    }
}
