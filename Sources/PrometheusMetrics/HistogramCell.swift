import Synchronization

/// One place in which observations are counted, by one thread at a time: a lock, the sum, and the buckets.
///
/// The lock is a flag that is taken for the few nanoseconds of one observation. Whoever finds it taken goes elsewhere
/// or looks again; nobody sleeps on it.
struct HistogramCell: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    init(at start: UnsafeMutableRawPointer) {
        self.start = start
    }

    /// The bytes of a cell, so that two in a row share no cache line.
    static func size(bucketCount: Int) -> Int {
        let size = countsOffset + 8 * bucketCount
        return (size + Stripes.alignment - 1) / Stripes.alignment * Stripes.alignment
    }

    private static let countsOffset = 24

    func initialize(_ buckets: Buckets) {
        let bucketCount = buckets.layout.bucketCount
        flag.initialize(to: Atomic(0))
        sum.initialize(to: 0)
        native.initialize(to: nil)
        if buckets.isNative {
            let place = UnsafeMutablePointer<NativeBuckets>.allocate(capacity: 1)
            place.initialize(to: NativeBuckets())
            native.pointee = place
        }
        counts.initialize(repeating: 0, count: bucketCount)
    }

    private var flag: UnsafeMutablePointer<Atomic<UInt64>> { start.assumingMemoryBound(to: Atomic<UInt64>.self) }
    /// To be touched by the holder of the lock only.
    private var sum: UnsafeMutablePointer<Double> { (start + 8).assumingMemoryBound(to: Double.self) }
    /// To be touched by the holder of the lock only.
    private var native: UnsafeMutablePointer<UnsafeMutablePointer<NativeBuckets>?> {
        (start + 16).assumingMemoryBound(to: UnsafeMutablePointer<NativeBuckets>?.self)
    }
    /// To be touched by the holder of the lock only.
    private var counts: UnsafeMutablePointer<UInt64> {
        (start + Self.countsOffset).assumingMemoryBound(to: UInt64.self)
    }

    @inline(__always)
    func tryLock() -> Bool {
        flag.pointee.exchange(1, ordering: .acquiring) == 0
    }

    @inline(__always)
    func unlock() {
        flag.pointee.store(0, ordering: .releasing)
    }

    /// Counts one observation, unless another thread holds the lock.
    @inline(__always)
    func tryObserve(_ value: Double, bucket: Int) -> Bool {
        guard tryLock() else { return false }
        counts[bucket] &+= 1
        sum.pointee += value
        if native.pointee == nil { unlock() } else { observeInNative(value) }
        return true
    }

    /// Counts an observation in the native buckets too, and gives the lock back.
    @inline(never)
    private func observeInNative(_ value: Double) {
        native.pointee?.pointee.observe(value)
        unlock()
    }

    /// Gives back what `initialize` took, when nobody observes any more.
    func deinitialize() {
        native.pointee?.deinitialize(count: 1)
        native.pointee?.deallocate()
    }

    /// Adds what was observed to a sum of several cells. It waits for the one observation that another thread may be
    /// counting.
    func add(
        to total: UnsafeMutableBufferPointer<UInt64>, _ totalSum: inout Double, _ totalNative: inout NativeBuckets?
    ) {
        while !tryLock() {}
        for bucket in total.indices { total[bucket] &+= counts[bucket] }
        totalSum += sum.pointee
        if let native = native.pointee { totalNative?.merge(native.pointee) }
        unlock()
    }
}
