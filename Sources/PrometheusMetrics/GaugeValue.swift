/// The plain form of a gauge: a number that goes up and down.
public struct GaugeValue: MetricValue, Codable, Equatable {
    /// A gauge family.
    public static let type = MetricType.gauge

    /// The number, in the unit that the family's name ends in.
    public var value: Double

    /// Creates a gauge with its reading.
    public init(_ value: Double) {
        self.value = value
    }

    /// Creates a gauge that counts things.
    public init(_ count: Int) {
        value = Double(count)
    }

    /// Writes the one sample of a gauge.
    public func write(to child: inout ChildWriter) {
        child.gauge(value)
    }
}
