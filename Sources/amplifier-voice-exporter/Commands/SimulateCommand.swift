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
        let start = ContinuousClock.now
        let (report, failure) = await play(Simulation(configuration), to: target)
        if report.total > 0 { print(report.text(seconds: (ContinuousClock.now - start) / .seconds(1))) }
        if let failure { StandardError.write(failure.description) }
        guard failure == nil, report.isComplete else { throw ExitCode.failure }
    }

    /// Plays to the end, or to the first failure. The report is of what was answered.
    private func play(
        _ simulation: Simulation, to target: SimulationTarget
    ) async -> (SimulationReport, SimulationFailure?) {
        let clock = ContinuousClock()
        let start = clock.now
        let batch = max(1, min(Int(rate / 10), Self.largestBatch))
        var simulation = simulation
        var report = SimulationReport(seed: simulation.configuration.seed)
        do {
            try await EventConnection.open(target) { connection in
                while case let events = simulation.next(batch), !events.isEmpty {
                    try await clock.sleep(until: start + .seconds(Double(report.total) / rate))
                    report.add(events, try await connection.send(events))
                }
            }
            return (report, nil)
        } catch {
            return (report, error as? SimulationFailure ?? .closed(target.authority))
        }
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
