/// Writes the samples of one child after the other, in the format of the exposition.
public struct ChildWriter: ~Copyable {
    let format: ExpositionFormat
    /// The exposition so far.
    var bytes: [UInt8] = []
    /// The samples so far.
    var sampleCount = 0
    /// The child whose samples come next.
    private(set) var series = Series.none
    /// When that child was created, in Unix time.
    private(set) var created: Double?

    init(_ format: ExpositionFormat, expecting size: Int) {
        self.format = format
        bytes.reserveCapacity(size)
    }

    /// Says whose samples come next. The list of the series must live until they are written.
    mutating func begin(_ series: Series, created: Double? = nil) {
        self.series = series
        self.created = created
    }

    /// Writes a counter.
    mutating func counter(_ value: CounterValue) {
        switch format {
        case .text, .openMetrics: writeLines(of: value)
        case .protobuf: writeMessage(of: value)
        }
    }

    /// Writes a gauge.
    mutating func gauge(_ value: Double) {
        switch format {
        case .text, .openMetrics: writeLine(of: value)
        case .protobuf: writeMessage(of: value)
        }
    }

    /// Writes an info metric, which is a gauge of 1 where the format has none.
    mutating func info() {
        gauge(1)
    }

    /// Writes a histogram, with exemplars and native buckets where the format has a place for them.
    mutating func histogram(_ reading: HistogramReading) {
        switch format {
        case .text, .openMetrics: writeLines(of: reading)
        case .protobuf: writeMessage(of: reading)
        }
    }
}
