import Synchronization

/// The shared form of a counter: any thread may increment it at any time, without a lock.
///
/// A counter that threads increment millions of times a second gets a place of its own for each of them, so that they
/// do not wait for one another. It takes 64 bytes, and 1 KiB more in that case.
public final class Counter: Instrument {
    // The two words that every increment reads or writes stand beside each other, in one cache line.
    private let whole = Atomic<UInt64>(0)
    let stripes = Stripes()
    private let fraction = Atomic<UInt64>(0)

    /// Creates a counter at zero.
    public init() {}

    /// Counts one, or several at once.
    public func increment(by amount: UInt64 = 1) {
        switch stripes.turn(size: Place.size) {
        case .shared: whole.wrappingAdd(amount, ordering: .relaxed)
        case .own(let place): Place.whole(place).pointee.wrappingAdd(amount, ordering: .relaxed)
        case .changed(let stripe): increment(by: amount, of: stripe)
        }
    }

    @inline(never)
    private func increment(by amount: UInt64, of stripe: UInt) {
        if let place = stripes.change(to: stripe, size: Place.size, Self.initialize) {
            Place.whole(place).pointee.wrappingAdd(amount, ordering: .relaxed)
        } else {
            whole.wrappingAdd(amount, ordering: .relaxed)
        }
    }

    /// Adds an amount in the counter's unit. A negative amount and what is not finite are ignored, since a counter
    /// that goes down reads as a restart.
    public func add(_ amount: Double) {
        guard amount.isFinite, amount > 0 else { return }
        switch stripes.turn(size: Place.size) {
        case .shared: fraction.add(amount)
        case .own(let place): Place.fraction(place).pointee.add(amount)
        case .changed(let stripe): add(amount, of: stripe)
        }
    }

    private func add(_ amount: Double, of stripe: UInt) {
        if let place = stripes.change(to: stripe, size: Place.size, Self.initialize) {
            Place.fraction(place).pointee.add(amount)
        } else {
            fraction.add(amount)
        }
    }

    /// The plain value at this moment.
    public var value: CounterValue {
        var value = CounterValue(whole.load(ordering: .relaxed))
        value.add(Double(bitPattern: fraction.load(ordering: .relaxed)))
        if let places = stripes.places {
            for stripe in 0..<Stripes.count {
                let place = places + stripe * Place.size
                value.increment(by: Place.whole(place).pointee.load(ordering: .relaxed))
                value.add(Double(bitPattern: Place.fraction(place).pointee.load(ordering: .relaxed)))
            }
        }
        return value
    }

    /// Fills the place of a stripe.
    static func initialize(_ place: UnsafeMutableRawPointer) {
        Place.whole(place).initialize(to: Atomic(0))
        Place.fraction(place).initialize(to: Atomic(0))
    }

    /// Writes the one sample of a counter.
    public func write(to child: inout ChildWriter) {
        child.counter(value)
    }
}

/// The two numbers of a counter in a thread's own place.
private enum Place {
    static let size = Stripes.alignment

    static func whole(_ start: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Atomic<UInt64>> {
        start.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    static func fraction(_ start: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Atomic<UInt64>> {
        (start + 8).assumingMemoryBound(to: Atomic<UInt64>.self)
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

    /// Adds a positive finite amount to a floating-point number, which stays finite.
    fileprivate func add(_ amount: Double) {
        update { Swift.min($0 + amount, .greatestFiniteMagnitude) }
    }
}
