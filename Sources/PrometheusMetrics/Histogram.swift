import Synchronization

/// The shared form of a classic histogram: any thread may observe at any time; an observation holds a lock for the
/// time it takes to count one bucket, so that buckets, sum and count always agree.
public final class Histogram: Instrument {
    private let state: Mutex<HistogramValue>

    /// Creates a histogram without observations.
    public init(_ buckets: Buckets) {
        state = Mutex(HistogramValue(buckets))
    }

    /// Counts one observation in the family's unit. What is not a number is not an observation.
    public func observe(_ value: Double) {
        state.withLock { $0.observe(value) }
    }

    /// Counts one observation, which stands for those of its bucket from now on.
    public func observe(_ value: Double, exemplar: Exemplar?) {
        state.withLock { $0.observe(value, exemplar: exemplar) }
    }

    /// The plain value at this moment.
    public var value: HistogramValue {
        state.withLock { $0 }
    }
}
