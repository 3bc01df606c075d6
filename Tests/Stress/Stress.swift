import PrometheusMetrics
import VoiceMonitoring

/// Does to every instrument, a registry and a monitor, from many tasks at once, all that can be done to them, and
/// checks that nothing was lost. The argument is how often each task does it, or `race` to do what must not be done.
@main
struct Stress {
    private static let tasks = 8

    static func main() async throws {
        let argument = CommandLine.arguments.dropFirst().first
        if argument == "race" { return await PlantedRace().run() }
        guard let rounds = argument.flatMap(Int.init), rounds > 0 else {
            fatalError("usage: stress ROUNDS | race")
        }
        let stress = try Stress(rounds: rounds)
        let instruments = try InstrumentStress(stress.registry, tasks: tasks, rounds: rounds)
        let libraries = try LibraryStress(stress.registry, tasks: tasks, rounds: rounds)
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask { stress.update(task) }
                group.addTask { instruments.update(task) }
                group.addTask { libraries.update(task) }
                group.addTask { stress.register(task) }
                group.addTask { stress.record(task) }
                group.addTask { stress.look() }
            }
        }
        stress.check()
        instruments.check()
        libraries.check()
        print("\(tasks * rounds) updates of each kind, none lost.")
    }

    private let rounds: Int
    private let registry = Registry(createdAt: { 0 })
    private let monitor = Monitor()
    private let counter: Counter
    private let amount: Counter
    private let gauge: Gauge
    private let histogram: Histogram
    private let family: Family<TaskLabel, Counter>

    private init(rounds: Int) throws {
        self.rounds = rounds
        try registry.register(monitor)
        counter = try registry.counter("stress_total", help: "Whole increments.")
        amount = try registry.counter("stress_seconds_total", help: "Fractions.")
        gauge = try registry.gauge("stress_level", help: "A level.")
        histogram = try registry.histogram("stress_duration_seconds", help: "Observations.", buckets: [1, 2, 4])
        family = try registry.counter("stress_children_total", help: "Children.", labels: TaskLabel.self)
    }

    private func update(_ task: Int) {
        for round in 0..<rounds {
            counter.increment()
            amount.add(0.5)
            gauge.add(1)
            let label = TaskLabel(task: task, round: round)
            histogram.observe(
                Double(round % 5), exemplar: Exemplar(label, value: Double(round % 5), unixSeconds: 0))
            family[label].increment()
        }
    }

    private func register(_ task: Int) {
        for round in 0..<rounds / 20 {
            guard let child = try? registry.counter("stress_\(task)_\(round)_total", help: "Registered while scraping.")
            else { fatalError("A name that nobody has was refused.") }
            child.increment()
        }
    }

    private func record(_ task: Int) {
        for round in 0..<rounds {
            let session = "session-\(task)-\(round % 50)"
            monitor.record(VoiceEvent(.sessionStarted, session: session, id: "\(task)-\(round)"))
            monitor.recordLatencySample(.ttfa, valueMilliseconds: Double(round), sessionID: session)
            monitor.recordToolCall(toolName: "bash", durationMilliseconds: 1, success: true, sessionID: session)
        }
    }

    private func look() {
        for round in 0..<rounds / 40 {
            _ = registry.exposition(ExpositionFormat.allCases[round % ExpositionFormat.allCases.count])
            _ = monitor.snapshot().summary
            _ = monitor.snapshot().streamMessage
        }
    }

    private func check() {
        let total = UInt64(Self.tasks * rounds)
        let snapshot = monitor.snapshot()
        demand(counter.value == CounterValue(total), "Increments were lost.")
        demand(amount.value.value == Double(total) / 2, "Fractions were lost.")
        demand(gauge.value.value == Double(total), "Levels were lost.")
        demand(histogram.value.count == total, "Observations were lost.")
        let children = (0..<TaskLabel.count).map { family[TaskLabel(task: $0)].value.value }
        demand(children.reduce(0, +) == Double(total), "Children were lost.")
        demand(snapshot.tools.totalCalls == Int(total), "Events were lost.")
        demand(snapshot.sessions.activeCount == Self.tasks * 50, "Sessions were lost.")
    }
}

func demand(_ condition: Bool, _ complaint: String) {
    guard condition else { fatalError(complaint) }
}
