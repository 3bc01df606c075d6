import Synchronization

/// The shared form of a gauge: any thread may set it at any time, without a lock.
public final class Gauge: Instrument {
    private let bits = Atomic<UInt64>(0)

    /// Creates a gauge at zero.
    public init() {}

    /// Sets the gauge to a reading in its unit.
    public func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    /// Moves the gauge up, or down where the amount is negative.
    public func add(_ amount: Double) {
        bits.update { $0 + amount }
    }

    /// The plain value at this moment.
    public var value: GaugeValue {
        GaugeValue(Double(bitPattern: bits.load(ordering: .relaxed)))
    }

    /// Writes the one sample of a gauge.
    public func write(to child: inout ChildWriter) {
        child.gauge(Double(bitPattern: bits.load(ordering: .relaxed)))
    }
}
