import ServiceLifecycle
import VoiceMonitoring
import VoiceSimulation

/// `--demo`: simulated calls into this process, with the hour before the start filled in.
struct Demo: Service {
    let monitor: Monitor
    private let simulation: Simulation
    /// The next event, which comes after the start.
    private let first: SimulatedEvent?
    private let start: Timestamp

    /// Creates a monitor that has seen the last hour.
    init(_ configuration: MonitorConfiguration) {
        let clock = ReplayClock()
        start = TimeSource.system.now()
        monitor = Monitor(configuration, time: clock.source)
        let beginning = start.advanced(byMilliseconds: -Self.past)
        var simulation = Simulation(
            SimulationConfiguration(
                seed: Self.seed, sessions: Self.sessions, isEndless: true, beginning: beginning.wall))
        var next = simulation.next()
        while let event = next, event.milliseconds < Self.past {
            clock.replay(beginning.advanced(byMilliseconds: event.milliseconds))
            monitor.record(event.event)
            next = simulation.next()
        }
        clock.live()
        self.simulation = simulation
        first = next
    }

    /// Plays on, as fast as life, until the process is told to stop.
    func run() async throws {
        await cancelWhenGracefulShutdown(play)
    }

    @Sendable private func play() async {
        var simulation = simulation
        var next = first
        while let event = next {
            let due = start.monotonic.nanoseconds + Int64((event.milliseconds - Self.past) * 1e6)
            let wait = due - TimeSource.system.now().monotonic.nanoseconds
            if wait > 0 { try? await Task.sleep(for: .nanoseconds(wait)) }
            guard !Task.isCancelled else { return }
            monitor.record(event.event)
            next = simulation.next()
        }
    }

    /// The time that is filled in, in milliseconds.
    private static let past = 3_600_000.0
    private static let sessions = 8
    private static let seed: UInt64 = 1
}

extension Timestamp {
    fileprivate func advanced(byMilliseconds milliseconds: Double) -> Timestamp {
        let nanoseconds = Int64(milliseconds * 1e6)
        var moment = self
        moment.monotonic.nanoseconds += nanoseconds
        moment.wall.nanoseconds += nanoseconds
        return moment
    }
}
