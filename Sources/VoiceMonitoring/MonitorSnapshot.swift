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
    /// All sections (SPEC section 8, `/metrics/summary`).
    public var summary: Summary { Summary(self) }
    /// The status of the whole and of each section.
    public var health: Health { Health(self) }
    /// One message of the stream (SPEC section 8, `/metrics/stream`).
    public var streamMessage: StreamMessage { StreamMessage(self) }

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
        case .sessions: []
        case .latency: state.latency.readings(at: now)
        }
    }
}

/// All sections in one object (SPEC section 8).
public struct Summary: Encodable, Sendable {
    /// SPEC section 1.
    public let sessions: SessionMetrics
    /// SPEC section 2.
    public let latency: LatencyMetrics

    init(_ snapshot: MonitorSnapshot) {
        sessions = snapshot.sessions
        latency = snapshot.latency
    }
}

/// One message of the stream, with the six keys of SPEC section 8. A key whose section does not exist yet is null.
public struct StreamMessage: Encodable, Sendable {
    /// SPEC section 1.
    public let sessions: SessionMetrics
    /// SPEC section 2.
    public let latency: LatencyMetrics
    @Nullable private var errorsRecent: Bool?
    @Nullable private var toolsRecent: Bool?
    @Nullable private var tasksActive: Bool?
    @Nullable private var audio: Bool?

    init(_ snapshot: MonitorSnapshot) {
        sessions = snapshot.sessions
        latency = snapshot.latency
    }

    enum CodingKeys: String, CodingKey {
        case sessions, latency, audio
        case errorsRecent = "errors_recent"
        case toolsRecent = "tools_recent"
        case tasksActive = "tasks_active"
    }
}
