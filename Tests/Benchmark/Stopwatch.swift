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
            thread {
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

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private static func thread(_ run: @escaping @Sendable () -> Void) -> pthread_t {
        var thread = pthread_t()
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        pthread_create(
            &thread, nil,
            { body in
                guard let body else { return nil }
                Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
                return nil
            }, body)
        return thread
    }
}
