/// The plain form of a counter: a number that only goes up.
///
/// Whole increments stay integers, so counts are exact up to 2^64; fractions are added in double precision.
public struct CounterValue: MetricValue, Codable, Equatable {
    /// A counter family.
    public static let type = MetricType.counter

    private(set) var whole: UInt64
    private(set) var fraction: Double

    /// Creates a counter at zero, or at a count that something else already kept.
    public init(_ count: UInt64 = 0) {
        whole = count
        fraction = 0
    }

    /// The count, as a floating-point number.
    public var value: Double { Double(whole) + fraction }

    /// Counts one, or several at once.
    public mutating func increment(by amount: UInt64 = 1) {
        whole &+= amount
    }

    /// Adds an amount in the counter's unit. A negative amount and what is not finite are ignored, since a counter
    /// that goes down reads as a restart.
    public mutating func add(_ amount: Double) {
        guard amount.isFinite, amount > 0 else { return }
        fraction = min(fraction + amount, .greatestFiniteMagnitude)
    }

    /// Writes the one sample of a counter.
    public func write(to child: inout ChildWriter) {
        child.counter(self)
    }
}
