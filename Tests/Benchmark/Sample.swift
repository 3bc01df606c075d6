import PrometheusMetrics
import Synchronization

/// One sample of one figure: the nanoseconds of one operation, after what was counted was read back.
struct Sample {
    let nanoseconds: Double
    /// What was counted, for the comparison with other programs.
    let counted: Double

    private init(_ nanoseconds: Double, counted: Double, expected: Int) throws {
        try Miscounted.check(counted, Double(expected))
        self.nanoseconds = nanoseconds
        self.counted = counted
    }

    /// Increments of one child that is held.
    static func increment(threads: Int) throws -> Sample {
        let operations = 4_000_000
        let counter = try Registry().counter("x_total", help: "X.", labels: Endpoint.self)[Endpoint(1)]
        let nanoseconds = Stopwatch.nanoseconds(threads: threads, operations: operations) {
            for _ in 0..<operations { counter.increment() }
        }
        return try Sample(nanoseconds, counted: counter.value.value, expected: operations * threads)
    }

    /// Bare additions to one atomic number.
    static func atomicAdd(threads: Int) throws -> Sample {
        let operations = 4_000_000
        let number = Number()
        let nanoseconds = Stopwatch.nanoseconds(threads: threads, operations: operations) {
            for _ in 0..<operations { number.value.wrappingAdd(1, ordering: .relaxed) }
        }
        let counted = Double(number.value.load(ordering: .relaxed))
        return try Sample(nanoseconds, counted: counted, expected: operations * threads)
    }

    private final class Number: Sendable {
        let value = Atomic<UInt64>(0)
    }

    /// Looking up one of 100 children by its labels, and incrementing it.
    static func lookup() throws -> Sample {
        let operations = 1_000_000
        let family = try Registry().counter("x_total", help: "X.", labels: Endpoint.self)
        let labels = (0..<100).map(Endpoint.init)
        family.create(labels)
        let nanoseconds = Stopwatch.nanoseconds(operations: operations) {
            var child = 0
            for _ in 0..<operations {
                family[labels[child]].increment()
                child += 37
                if child >= 100 { child -= 100 }
            }
        }
        let counted = labels.reduce(0) { $0 + family[$1].value.value }
        return try Sample(nanoseconds, counted: counted, expected: operations)
    }

    /// Observations of one held histogram of 12 buckets.
    static func observe(threads: Int) throws -> Sample {
        let operations = 2_000_000
        let buckets = try Buckets(Workload.bounds)
        let family = try Registry().histogram("x", help: "X.", labels: Endpoint.self, buckets: buckets)
        let histogram = family[Endpoint(1)]
        let values = Workload.values
        let nanoseconds = Stopwatch.nanoseconds(threads: threads, operations: operations) {
            for operation in 0..<operations { histogram.observe(values[operation & 4095]) }
        }
        return try Sample(nanoseconds, counted: Double(histogram.value.count), expected: operations * threads)
    }

    /// Rendering a page, for each of its lines.
    static func render(_ registry: Registry, pages: Int, lines: Int) throws -> Sample {
        let page = Mutex<[UInt8]>(registry.exposition())
        let nanoseconds = Stopwatch.nanoseconds(operations: pages * lines) {
            page.withLock { page in
                for _ in 0..<pages { page = registry.exposition() }
            }
        }
        return try Sample(nanoseconds, counted: Double(Workload.lineCount(page.withLock { $0 })), expected: lines)
    }
}
