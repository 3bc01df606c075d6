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

/// How far a stream has told the feeds of errors and tool calls.
public struct FeedPosition: Equatable, Sendable {
    /// Errors since the start.
    let errors: Int
    /// Tool calls that ended since the start.
    let toolCalls: Int
}

extension MonitorSnapshot {
    /// Where the feeds end.
    public var feedPosition: FeedPosition {
        FeedPosition(
            errors: state.errors.totals.values.reduce(0) { $0 + $1.count },
            toolCalls: state.tools.tools.values.reduce(0) { $0 + $1.successes.count + $1.failures.count })
    }

    /// The content of a topic. Feeds hold what came after a position, or all that is kept where there is none.
    public func message(on topic: StreamTopic, since position: FeedPosition? = nil) -> any Encodable & Sendable {
        switch topic {
        case .sessions: Stamped(time: now.wall, content: sessions)
        case .tasks: Stamped(time: now.wall, content: TasksMessage(amplifier))
        case .errors: Stamped(time: now.wall, content: ErrorsMessage(self, since: position))
        case .tools: Stamped(time: now.wall, content: ToolsMessage(self, since: position))
        case .buffer: Stamped(time: now.wall, content: BufferMessage(audio))
        case .latency: Stamped(time: now.wall, content: LatencyMessage(latency))
        case .network: Stamped(time: now.wall, content: NetworkMessage(audio))
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
