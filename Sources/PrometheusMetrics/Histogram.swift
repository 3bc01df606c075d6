import Synchronization

/// The shared form of a histogram: any thread may observe at any time.
///
/// Buckets, sum and count always agree. A histogram that threads observe millions of times a second gets buckets of its
/// own for each of them, so that they do not wait for one another. It takes 128 bytes, 8 for each bucket, and nine
/// times the latter in that case.
public final class Histogram: Instrument {
    private let buckets: Buckets
    let firstCell: HistogramCell
    private let cellSize: Int
    let stripes = Stripes()
    /// The last exemplar of each bucket; empty until there is one.
    private let exemplars = Mutex<[Exemplar?]>([])
    private let hasExemplars = Atomic<Bool>(false)

    /// Creates a histogram without observations.
    public init(_ buckets: Buckets) {
        self.buckets = buckets
        cellSize = HistogramCell.size(bucketCount: buckets.layout.bucketCount)
        firstCell = HistogramCell(at: .allocate(byteCount: cellSize, alignment: Stripes.alignment))
        firstCell.initialize(buckets)
    }

    deinit {
        for cell in cells { cell.deinitialize() }
        firstCell.start.deallocate()
    }

    private var cells: [HistogramCell] {
        guard let places = stripes.places else { return [firstCell] }
        return [firstCell] + (0..<Stripes.count).map { HistogramCell(at: places + $0 * cellSize) }
    }

    /// Counts one observation in the family's unit, in the first bucket whose bound is not below it.
    /// What is not a number is not an observation.
    public func observe(_ value: Double) {
        guard !value.isNaN else { return }
        count(value, bucket: buckets.layout.search.bucket(of: value))
    }

    /// Counts one observation, which stands for those of its bucket from now on.
    public func observe(_ value: Double, exemplar: Exemplar?) {
        guard !value.isNaN else { return }
        let bucket = buckets.layout.search.bucket(of: value)
        count(value, bucket: bucket)
        guard let exemplar else { return }
        exemplars.withLock { exemplars in
            if exemplars.isEmpty { exemplars = Array(repeating: nil, count: buckets.layout.bucketCount) }
            exemplars[bucket] = exemplar
        }
        hasExemplars.store(true, ordering: .releasing)
    }

    // This is one function without a frame, and what seldom happens is called at its end: taking the lock waits for all
    // stores before it, those of calls and of saved registers too.
    @inline(__always)
    private func count(_ value: Double, bucket: Int) {
        let cell: HistogramCell
        switch stripes.turn(size: cellSize) {
        case .shared: cell = firstCell
        case .own(let place): cell = HistogramCell(at: place)
        case .changed(let stripe): return count(value, bucket: bucket, changingTo: stripe)
        }
        guard cell.tryObserve(value, bucket: bucket) else { return countElsewhere(value, bucket: bucket) }
    }

    @inline(never)
    private func count(_ value: Double, bucket: Int, changingTo stripe: UInt) {
        let place = stripes.change(to: stripe, size: cellSize, initialize)
        let cell = place.map { HistogramCell(at: $0) } ?? firstCell
        if !cell.tryObserve(value, bucket: bucket) { countElsewhere(value, bucket: bucket) }
    }

    /// Counts one observation where the cell is taken, by a thread that may even have lost its processor meanwhile.
    @inline(never)
    private func countElsewhere(_ value: Double, bucket: Int) {
        for _ in 0..<64 where firstCell.tryObserve(value, bucket: bucket) { return }
        let places = split()
        var stripe = Int(Stripes.current)
        while !HistogramCell(at: places + stripe * cellSize).tryObserve(value, bucket: bucket) {
            stripe = (stripe + 1) % Stripes.count
        }
    }

    /// Gives each stripe buckets of its own, and returns where they begin.
    @discardableResult
    func split() -> UnsafeMutableRawPointer {
        stripes.split(size: cellSize, initialize)
    }

    private func initialize(_ start: UnsafeMutableRawPointer) {
        HistogramCell(at: start).initialize(buckets)
    }

    /// The plain value at this moment.
    public var value: HistogramValue {
        withReading(native: true) { HistogramValue(buckets, $0) }
    }

    /// Writes the buckets, the sum and the count.
    public func write(to child: inout ChildWriter) {
        withReading(native: child.format == .protobuf) { child.histogram($0) }
    }

    private func withReading<Result>(native isNativeRead: Bool, _ body: (HistogramReading) -> Result) -> Result {
        // An observation is counted before its exemplar is kept, so that none stands at a bucket that does not count
        // it.
        let exemplars = hasExemplars.load(ordering: .acquiring) ? exemplars.withLock { $0 } : []
        return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: buckets.layout.bucketCount) { counts in
            counts.initialize(repeating: 0)
            var sum = 0.0
            var native = isNativeRead && buckets.isNative ? NativeBuckets() : nil
            firstCell.add(to: counts, &sum, &native)
            if let places = stripes.places {
                for stripe in 0..<Stripes.count {
                    HistogramCell(at: places + stripe * cellSize).add(to: counts, &sum, &native)
                }
            }
            return body(
                HistogramReading(
                    layout: buckets.layout, counts: UnsafeBufferPointer(counts), sum: sum, exemplars: exemplars,
                    native: native))
        }
    }
}
