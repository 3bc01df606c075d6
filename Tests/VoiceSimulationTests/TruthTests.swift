import PrometheusMetrics
import Synchronization
import TestSupport
import Testing
import VoiceMonitoring

@testable import VoiceSimulation

/// What a monitor counts of simulated calls is what happened in them.
@Suite struct TruthTests {
    private static let seeds: ClosedRange<UInt64> = 1...12

    @Test(arguments: seeds, SimulationConfiguration.Conditions.allCases)
    func `the numbers are those of what happened`(
        seed: UInt64, conditions: SimulationConfiguration.Conditions
    ) throws {
        let (log, truth) = Self.log(seed: seed, conditions)
        expect(try numbers(log), truth.numbers)
    }

    /// Copies come over either feed and up to two seconds late, as sidebands do that wait for a tool.
    @Test(arguments: seeds) func `events that come twice, late and over both feeds count once`(seed: UInt64) throws {
        let (log, truth) = Self.log(seed: seed, .normal)
        var random = SeededGenerator(seed: seed)
        expect(try numbers(Copies(log).scattered(using: &random)), truth.numbers)
    }

    @Test func `everything that is compared happens`() {
        let numbers = Self.seeds.reduce(into: [:]) { sum, seed in
            sum.merge(Self.log(seed: seed, .normal).truth.numbers, uniquingKeysWith: +)
        }
        let families = Set(numbers.filter { $0.value > 0 }.keys.map { $0.prefix { $0 != "{" } })
        #expect(Set(SimulatedTruth.families).subtracting(families.map(String.init)) == [])
        let causes = [
            "active_response_conflict", "control_channel_down", "empty_transcript", "response_failed", "tool_running",
            "transcription_failed", "unknown",
        ]
        #expect(causes.filter { numbers["dead_air_total{cause=\"\($0)\"}"] == nil } == [])
        let outcomes = ["confirmed", "empty", "no_reply", "short"]
        #expect(outcomes.filter { numbers["interruptions_total{outcome=\"\($0)\"}"] == nil } == [])
    }

    private static func log(
        seed: UInt64, _ conditions: SimulationConfiguration.Conditions
    ) -> (events: [SimulatedEvent], truth: SimulatedTruth) {
        var configuration = SimulationConfiguration(
            seed: seed, sessions: 40, isEndless: false, beginning: WallTime(unixSeconds: 1_800_000_000))
        configuration.conditions = conditions
        var simulation = Simulation(configuration)
        var events: [SimulatedEvent] = []
        while let event = simulation.next() { events.append(event) }
        return (events, simulation.truth)
    }

    /// What a monitor counts that gets the events as they happen, of the families that are compared.
    private func numbers(_ log: [SimulatedEvent]) throws -> [String: Double] {
        let clock = Clock()
        let monitor = Monitor(MonitorConfiguration(), time: clock.source)
        for event in log {
            clock.move(to: event.milliseconds)
            monitor.record(event.event)
        }
        // Whoever vanished is given up.
        clock.move(to: (log.last?.milliseconds ?? 0) + 1_000_000)
        let registry = Registry()
        try registry.register(monitor)
        var numbers: [String: Double] = [:]
        for line in String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n") {
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                continue
            }
            let series = line[..<space].trimmingPrefix("amplifier_voice_")
            let isCompared = SimulatedTruth.families.contains(String(series.prefix { $0 != "{" }))
            if isCompared, value != 0 { numbers[String(series)] = value }
        }
        for (agent, count) in monitor.snapshot().tools.agentsDelegated {
            numbers["agents_delegated{agent=\"\(agent)\"}"] = Double(count)
        }
        return numbers
    }

    private func expect(_ told: [String: Double], _ true: [String: Double]) {
        let differing = Set(told.keys).union(`true`.keys).filter { series in
            let (told, expected) = (told[series] ?? 0, `true`[series] ?? 0)
            return (told - expected).magnitude > 1e-9 * max(1, expected)
        }
        let report = differing.sorted().map { "\($0) \(told[$0] ?? 0), not \(`true`[$0] ?? 0)" }
        #expect(report == [])
    }

    /// The clocks of a monitor that is given a log.
    private final class Clock: Sendable {
        private let milliseconds = Mutex(0.0)

        var source: TimeSource {
            TimeSource { [self] in
                let nanoseconds = Int64(milliseconds.withLock { $0 } * 1e6)
                return Timestamp(
                    monotonic: MonotonicTime(nanoseconds: 1_000_000_000_000 + nanoseconds),
                    wall: WallTime(nanoseconds: 1_800_000_000_000_000_000 + nanoseconds), utcOffsetSeconds: 0)
            }
        }

        func move(to milliseconds: Double) {
            self.milliseconds.withLock { $0 = max($0, milliseconds) }
        }
    }
}
