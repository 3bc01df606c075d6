import Glibc
import Synchronization

/// Times work that several threads do at once.
enum Stopwatch {
    /// Runs the work on as many threads, which begin together. The nanoseconds of one operation: the time until all are
    /// done, divided by all operations.
    static func nanoseconds(
        threads: Int = 1, operations: Int, _ work: @escaping @Sendable () -> Void
    ) -> Double {
        let clock = ContinuousClock()
        if threads == 1 { return clock.measure(work) / .nanoseconds(1) / Double(operations) }
        let line = StartingLine()
        let runners = (0..<threads).map { _ in
            startThread {
                line.ready.wrappingAdd(1, ordering: .relaxed)
                while !line.isOpen.load(ordering: .acquiring) {}
                work()
            }
        }
        while line.ready.load(ordering: .relaxed) < threads {}
        let start = clock.now
        line.isOpen.store(true, ordering: .releasing)
        for runner in runners { pthread_join(runner, nil) }
        return (clock.now - start) / .nanoseconds(1) / Double(operations * threads)
    }

    private final class StartingLine: Sendable {
        let ready = Atomic<Int>(0)
        let isOpen = Atomic<Bool>(false)
    }
}
