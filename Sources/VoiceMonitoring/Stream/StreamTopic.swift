/// What a stream sends under a name of its own, each at the pace of SPEC section 8.
public enum StreamTopic: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
    /// How many sessions there are.
    case sessions
    /// The tasks that run.
    case tasks
    /// The latest errors.
    case errors
    /// The latest tool calls.
    case tools
    /// The playback buffer.
    case buffer
    /// The percentiles of the last five minutes.
    case latency
    /// The network's quality.
    case network

    /// How often it is sent, in seconds.
    public var interval: Int {
        switch self {
        case .sessions: 1
        case .tasks, .errors, .tools, .buffer: 2
        case .latency, .network: 5
        }
    }

    /// How many records of a feed are kept; none for what is no feed.
    public var feedCapacity: Int? {
        switch self {
        case .errors: ErrorsSection.feedCapacity
        case .tools: ToolsSection.feedCapacity
        case .sessions, .tasks, .buffer, .latency, .network: nil
        }
    }
}

extension MonitorSnapshot {
    /// The content of a topic. Of a feed it holds the records that came after the first `told` of all since the start,
    /// of those the newest `limit`; or all that are kept where nothing was told. Of tasks it holds what changed since
    /// `tasks`, or all where none were told.
    public func message(
        on topic: StreamTopic, after told: Int? = nil, limit: Int = .max, tasks: ToldTasks? = nil
    ) -> any Encodable & Sendable {
        let untold = told.flatMap { told in newsCount(of: topic).map { $0 - told } }
        return switch topic {
        case .sessions: Stamped(time: now.wall, content: SessionsMessage(sessions))
        case .tasks: Stamped(time: now.wall, content: TasksMessage(amplifier, after: tasks))
        case .errors: Stamped(time: now.wall, content: ErrorsMessage(self, untold: untold, limit: limit))
        case .tools: Stamped(time: now.wall, content: ToolsMessage(self, untold: untold, limit: limit))
        case .buffer: Stamped(time: now.wall, content: BufferMessage(audio))
        case .latency: Stamped(time: now.wall, content: LatencyMessage(latency))
        case .network: Stamped(time: now.wall, content: NetworkMessage(audio))
        }
    }

    /// What decides whether a topic is the same as before: all of it but the records of feeds and the times that go on
    /// by themselves.
    public func essence(of topic: StreamTopic) -> any Encodable & Sendable {
        switch topic {
        case .sessions: SessionsMessage(sessions)
        case .tasks: TasksEssence(amplifier)
        case .errors: ErrorsMessage(self, untold: 0, limit: 0)
        case .tools: ToolsMessage(self, untold: 0, limit: 0)
        case .buffer: BufferMessage(audio)
        case .latency: LatencyMessage(latency).withoutWindows
        case .network: NetworkMessage(audio)
        }
    }
}

/// Something with the time at which it was so, among its own fields.
private struct Stamped<Content: Encodable & Sendable>: Encodable {
    let time: WallTime
    let content: Content

    enum CodingKeys: String, CodingKey {
        case time = "server_time"
    }

    func encode(to encoder: any Encoder) throws {
        try content.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(time, forKey: .time)
    }
}
