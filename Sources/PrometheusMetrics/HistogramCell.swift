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
        let size = 16 + 8 * bucketCount
        return (size + Stripes.alignment - 1) / Stripes.alignment * Stripes.alignment
    }

    func initialize(bucketCount: Int) {
        flag.initialize(to: Atomic(0))
        sum.initialize(to: 0)
        counts.initialize(repeating: 0, count: bucketCount)
    }

    private var flag: UnsafeMutablePointer<Atomic<UInt64>> { start.assumingMemoryBound(to: Atomic<UInt64>.self) }
    /// To be touched by the holder of the lock only.
    var sum: UnsafeMutablePointer<Double> { (start + 8).assumingMemoryBound(to: Double.self) }
    /// To be touched by the holder of the lock only.
    var counts: UnsafeMutablePointer<UInt64> { (start + 16).assumingMemoryBound(to: UInt64.self) }

    func tryLock() -> Bool {
        flag.pointee.exchange(1, ordering: .acquiring) == 0
    }

    func unlock() {
        flag.pointee.store(0, ordering: .releasing)
    }

    /// Counts one observation, unless another thread holds the lock.
    func tryObserve(_ value: Double, bucket: Int) -> Bool {
        guard tryLock() else { return false }
        counts[bucket] &+= 1
        sum.pointee += value
        unlock()
        return true
    }

    /// Adds what was observed to a sum of several cells. It waits for the one observation that another thread may be
    /// counting.
    func add(to total: UnsafeMutableBufferPointer<UInt64>, _ totalSum: inout Double) {
        while !tryLock() {}
        for bucket in total.indices { total[bucket] &+= counts[bucket] }
        totalSum += sum.pointee
        unlock()
    }
}
