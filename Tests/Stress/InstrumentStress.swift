import PrometheusMetrics

/// Timers, native histograms, families with a limit, and what is read at each scrape.
struct InstrumentStress {
    private static let limit = 4

    private let registry: Registry
    private let total: UInt64
    private let rounds: Int
    private let timer: Histogram
    private let native: Histogram
    private let spread: Histogram
    private let limited: Family<TaskLabel, Counter>
    private let overflows: Counter
    private let read: Counter

    init(_ registry: Registry, tasks: Int, rounds: Int) throws {
        self.registry = registry
        self.rounds = rounds
        total = UInt64(tasks * rounds)
        timer = try registry.histogram("stress_timer_seconds", help: "Times.", buckets: .durations)
        native = try registry.histogram("stress_native_seconds", help: "Alone.", buckets: .native)
        spread = try registry.histogram("stress_spread", help: "Far apart.", buckets: .native(beside: [1, 2, 4]))
        overflows = try registry.counter("stress_overflows_total", help: "Without a place.")
        limited = try registry.counter(
            "stress_limited_total", help: "Few children.", labels: TaskLabel.self,
            limit: ChildLimit(Self.limit, other: TaskLabel(task: -1), overflows: overflows))
        let read = try registry.counter("stress_source_total", help: "What is read.")
        try registry.counter("stress_read_total", help: "Read at each scrape.", read: { read.value })
        try registry.gauge("stress_read_children", help: "Children read at each scrape.", labels: TaskLabel.self) {
            [TaskLabel(task: 0): read.value.value]
        }
        self.read = read
    }

    func update(_ task: Int) {
        for round in 0..<rounds {
            timer.time { read.increment() }
            native.observe(Double(round % 100) / 10)
            // Buckets become coarser on the way.
            spread.observe(Double(sign: round % 2 == 0 ? .plus : .minus, exponent: round % 60 - 25, significand: 1))
            limited[TaskLabel(task: task, round: round)].increment()
            if round % 20 == 0 { register("stress_known_\(task)_\(round)_info", TaskLabel(task: task)) }
        }
    }

    private func register(_ name: String, _ labels: TaskLabel) {
        do {
            try registry.info(name, help: "Registered while scraping.", labels)
        } catch {
            fatalError("A name that nobody has was refused: \(error)")
        }
    }

    func check() {
        for histogram in [timer, native, spread] {
            demand(histogram.value.count == total, "Observations were lost.")
        }
        demand(read.value == CounterValue(total), "What is timed was not done.")
        let refused = overflows.value.value
        let children = Dictionary(
            (0..<TaskLabel.count).map { limited[TaskLabel(task: $0)] }.map { (ObjectIdentifier($0), $0) },
            uniquingKeysWith: { first, _ in first })
        demand(children.count == Self.limit + 1, "There are too many children, or too few.")
        demand(children.values.reduce(0) { $0 + $1.value.value } == Double(total), "Children were lost.")
        let others = limited[TaskLabel(task: -1)].value.value
        demand(others == refused, "What had no place was not counted.")
        for format in ExpositionFormat.allCases {
            demand(!registry.exposition(format).isEmpty, "Nothing is exposed.")
        }
    }
}
