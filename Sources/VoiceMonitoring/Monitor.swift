public import PrometheusMetrics
import Synchronization

/// Records what happens in voice sessions and shows it: as metric families, and as snapshots for JSON and streams.
///
/// Thread safe. Recording never suspends; an event holds a lock for well under a microsecond.
public final class Monitor: Collector {
    private let configuration: MonitorConfiguration
    private let time: TimeSource
    private let state: Mutex<MonitorState>
    private let news = Atomic(0)

    /// What became of a recorded event.
    public enum Outcome: Equatable, Sendable {
        /// It was new.
        case accepted
        /// It repeats an event that was recorded before, and counts once.
        case duplicate
    }

    /// Creates a monitor that has seen nothing.
    public init(_ configuration: MonitorConfiguration = MonitorConfiguration(), time: TimeSource = .system) {
        self.configuration = configuration
        self.time = time
        var random = SystemRandomNumberGenerator()
        let hash = SipHash(key: (random.next(), random.next()))
        state = Mutex(MonitorState(configuration, hash: hash))
    }

    /// Records one event.
    @discardableResult
    public func record(_ event: VoiceEvent) -> Outcome {
        let event = configuration.privacy.redacted(event)
        let now = time.now()
        return state.withLock { state in
            defer { news.store(state.news.total, ordering: .relaxed) }
            state.advance(to: now)
            return state.record(event, at: now) ? .accepted : .duplicate
        }
    }

    /// Everything known at this moment, as one consistent copy.
    public func snapshot() -> MonitorSnapshot {
        let now = time.now()
        return state.withLock { state in
            state.advance(to: now)
            return MonitorSnapshot(state: state.shown, configuration: configuration, now: now)
        }
    }

    /// How often something was recorded that a stream tells at once, since the start. It costs nothing to ask.
    public var newsCount: Int { news.load(ordering: .relaxed) }

    private static let sections: [any SectionFamilies] = [
        SessionsFamilies(), SessionIdentityFamilies(), UsageFamilies(),
        LatencyFamilies(), TurnTimingFamilies(), ResponseFamilies(), DeadAirFamilies(),
        ToolsFamilies(), ToolRequestFamilies(),
        ErrorsFamilies(), BenignErrorFamilies(), RateLimitFamilies(),
        AudioFamilies(), InterruptionFamilies(),
        AmplifierFamilies(),
        InterpreterFamilies(),
    ]

    /// The families of all sections.
    public var families: [AnyFamilyDescriptor] { Self.sections.flatMap(\.erased) }

    /// Writes all families from one snapshot.
    public func collect(into writer: inout ExpositionWriter) {
        let snapshot = snapshot()
        for section in Self.sections { section.write(snapshot, to: &writer) }
    }
}
