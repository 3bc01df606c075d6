import VoiceMonitoring

/// A monitor whose clocks a test holds.
struct Scene {
    let clock: TestClock
    let monitor: Monitor

    init(_ configuration: MonitorConfiguration = MonitorConfiguration()) {
        let clock = TestClock()
        self.clock = clock
        monitor = Monitor(configuration, time: clock.source)
    }

    @discardableResult
    func tell(_ kind: VoiceEvent.Kind, session: String? = nil, id: String? = nil, at: WallTime? = nil)
        -> Monitor.Outcome
    {
        monitor.record(VoiceEvent(kind, session: session, id: id, at: at))
    }

    var snapshot: MonitorSnapshot { monitor.snapshot() }
}
