import Synchronization

/// The shared form of a counter: any thread may increment it at any time, without a lock.
public final class Counter: Instrument {
    private let whole = Atomic<UInt64>(0)
    private let fraction = Atomic<UInt64>(0)

    /// Creates a counter at zero.
    public init() {}

    /// Counts one, or several at once.
    public func increment(by amount: UInt64 = 1) {
        whole.wrappingAdd(amount, ordering: .relaxed)
    }

    /// Adds an amount in the counter's unit. A negative amount and what is not finite are ignored, since a counter
    /// that goes down reads as a restart.
    public func add(_ amount: Double) {
        guard amount.isFinite, amount > 0 else { return }
        fraction.update { min($0 + amount, .greatestFiniteMagnitude) }
    }

    /// The plain value at this moment.
    public var value: CounterValue {
        var value = CounterValue(whole.load(ordering: .relaxed))
        value.add(Double(bitPattern: fraction.load(ordering: .relaxed)))
        return value
    }
}

extension Atomic where Value == UInt64 {
    /// Replaces the bits of a floating-point number by those of a function of it.
    func update(_ change: (Double) -> Double) {
        var current = load(ordering: .relaxed)
        while true {
            let next = change(Double(bitPattern: current)).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: current, desired: next, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}
