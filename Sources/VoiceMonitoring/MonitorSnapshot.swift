/// One consistent copy of everything a monitor knows, and the instant it was taken. All views are pure functions of it.
public struct MonitorSnapshot: Sendable {
    let state: MonitorState
    let configuration: MonitorConfiguration
    /// When it was taken.
    public let now: Timestamp

    /// The sessions section (SPEC section 1).
    public var sessions: SessionMetrics { SessionMetrics(self) }
    /// The latency section (SPEC section 2).
    public var latency: LatencyMetrics { LatencyMetrics(self) }
    /// The tools section (SPEC section 3).
    public var tools: ToolCallMetrics { ToolCallMetrics(self) }
    /// The errors section (SPEC section 4).
    public var errors: ErrorMetrics { ErrorMetrics(self) }
    /// The audio section (SPEC section 5).
    public var audio: AudioQualityMetrics { AudioQualityMetrics(self) }
    /// The amplifier section (SPEC section 6).
    public var amplifier: AmplifierTaskMetrics { AmplifierTaskMetrics(self) }
    /// All sections (SPEC section 8, `/metrics/summary`).
    public var summary: Summary { Summary(self) }
    /// One message of the stream (SPEC section 8, `/metrics/stream`).
    public var streamMessage: StreamMessage { StreamMessage(self) }
    /// The status of the whole and of each section.
    public var health: Health { Health(self) }
    /// The slowest turns of the last hour.
    public var slowestTurns: SlowestTurnList { SlowestTurnList(self) }
    /// What is known of a live session; none for any other.
    public func story(ofSession id: String) -> SessionStory? { SessionStory(id, self) }

    /// The judged numbers of a section, by their field.
    func status(of section: SectionSlug) -> [String: NumberStatus] {
        Dictionary(uniqueKeysWithValues: judgements(of: section).map { ($0.id.field, $0.status) })
    }

    func judgements(of section: SectionSlug) -> [(id: NumberID, status: NumberStatus)] {
        readings(of: section).compactMap { reading in
            configuration.numbers[reading.id].map { (reading.id, NumberStatus(reading, $0)) }
        }
    }

    private func readings(of section: SectionSlug) -> [Reading] {
        switch section {
        case .sessions, .tools: []
        case .latency: state.latency.readings(at: now)
        case .errors: state.errors.readings(at: now)
        case .audio: state.audio.readings(at: now)
        case .amplifier: [Reading(.queueDepth, queueDepth.map(Double.init), samples: 0)]
        }
    }
}

/// All sections in one object (SPEC section 8).
public struct Summary: Encodable, Sendable {
    /// SPEC section 1.
    public let sessions: SessionMetrics
    /// SPEC section 2.
    public let latency: LatencyMetrics
    /// SPEC section 4.
    public let errors: ErrorMetrics
    /// SPEC section 3.
    public let tools: ToolCallMetrics
    /// SPEC section 6.
    public let amplifier: AmplifierTaskMetrics
    /// SPEC section 5.
    public let audio: AudioQualityMetrics

    init(_ snapshot: MonitorSnapshot) {
        sessions = snapshot.sessions
        latency = snapshot.latency
        errors = snapshot.errors
        tools = snapshot.tools
        amplifier = snapshot.amplifier
        audio = snapshot.audio
    }
}

/// One message of the stream, with the six keys of SPEC section 8.
public struct StreamMessage: Encodable, Sendable {
    /// SPEC section 1.
    public let sessions: SessionMetrics
    /// SPEC section 2.
    public let latency: LatencyMetrics
    /// The last 50 errors, newest first.
    public let errorsRecent: [ErrorRecord]
    /// The last 20 tool calls that ended, newest first.
    public let toolsRecent: [ToolCallRecord]
    /// The tasks that run, longest first.
    public let tasksActive: [ActiveTask]
    /// SPEC section 5.
    public let audio: AudioQualityMetrics

    init(_ snapshot: MonitorSnapshot) {
        sessions = snapshot.sessions
        latency = snapshot.latency
        errorsRecent = snapshot.state.errors.recentErrors.newestFirst
        toolsRecent = snapshot.state.tools.recentCalls.newestFirst
        tasksActive = snapshot.activeTasks()
        audio = snapshot.audio
    }

    enum CodingKeys: String, CodingKey {
        case sessions, latency, audio
        case errorsRecent = "errors_recent"
        case toolsRecent = "tools_recent"
        case tasksActive = "tasks_active"
    }
}
