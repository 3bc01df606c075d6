import ArgumentParser
import VoiceMonitoring
import VoiceSimulation

/// `simulate`: realistic traffic over HTTP, to an exporter that runs.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Send simulated calls to an exporter over HTTP and report what it accepted.",
        discussion: """
            The same seed, sessions and conditions give the same calls. The command ends with the last call: 0 when \
            everything was accepted, 1 when something was not or the exporter could not be reached.
            """)

    @Option(help: ArgumentHelp("The exporter.", valueName: "url"))
    var target = "http://127.0.0.1:9477"

    @Option(help: "Calls at once; each is played once.")
    var sessions = 8

    @Option(help: "Events a second; life has about 1.5 a second in each call.")
    var rate = 100.0

    @Option(help: "Decides every event. (default: by chance)")
    var seed: UInt64?

    @Option(help: "normal, or bad: bad networks everywhere and an unhealthy bridge.")
    var conditions = "normal"

    func run() async throws {
        guard let target = SimulationTarget(target) else {
            throw ValidationError("--target \"\(target)\" must be a URL like http://127.0.0.1:9477.")
        }
        guard Self.sessionsRange.contains(sessions) else {
            throw ValidationError("--sessions \(sessions) must be from 1 to \(Self.sessionsRange.upperBound).")
        }
        guard Self.rateRange.contains(rate) else {
            throw ValidationError("--rate \(rate) must be from 0.1 to 1000000 events a second.")
        }
        guard let conditions = SimulationConfiguration.Conditions(rawValue: conditions) else {
            throw ValidationError("--conditions \"\(conditions)\" must be normal or bad.")
        }
        let seed = seed ?? UInt64.random(in: 0..<1_000_000)
        var configuration = SimulationConfiguration(
            seed: seed, sessions: sessions, isEndless: false, beginning: TimeSource.system.now().wall)
        configuration.conditions = conditions
        do {
            try await play(Simulation(configuration), to: target)
        } catch let failure as SimulationFailure {
            StandardError.write(failure.description)
            throw ExitCode.failure
        }
    }

    private func play(_ simulation: Simulation, to target: SimulationTarget) async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let batch = max(1, min(Int(rate / 10), Self.largestBatch))
        let report = try await EventConnection.open(target) { connection in
            var simulation = simulation
            var report = SimulationReport(seed: simulation.configuration.seed)
            var sent = 0
            while true {
                let events = simulation.next(batch)
                guard !events.isEmpty else { return report }
                try await clock.sleep(until: start + .seconds(Double(sent) / rate))
                report.add(events, try await connection.send(events))
                sent += events.count
            }
        }
        let elapsed = (clock.now - start) / .seconds(1)
        print(report.text(seconds: elapsed))
        guard report.isComplete else { throw ExitCode.failure }
    }

    private static let sessionsRange = 1...5_000
    private static let rateRange = 0.1...1_000_000
    /// Few enough that a batch stays well under the exporter's limit of a request.
    private static let largestBatch = 1_000
}

extension Simulation {
    /// The next events, at most so many.
    fileprivate mutating func next(_ count: Int) -> [VoiceEvent] {
        var events: [VoiceEvent] = []
        while events.count < count, let event = next() { events.append(event.event) }
        return events
    }
}
