/// The value of an info metric: always 1, since what it tells stands in its labels.
public struct InfoValue: MetricValue, Codable, Equatable {
    /// An info family.
    public static let type = MetricType.info

    /// Creates the value.
    public init() {}

    /// Writes the one sample of an info metric.
    public func write(to child: inout ChildWriter) {
        child.info()
    }
}
