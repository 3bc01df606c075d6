/// How often something happened that a stream tells at once, since the start.
struct StreamNews: Codable, Sendable {
    /// Sessions that appeared, came into another state, or ended.
    private(set) var sessions = 0
    /// Tasks that were queued, began or ended.
    private(set) var tasks = 0
    /// Errors.
    private(set) var errors = 0
    /// Tool calls that ended.
    private(set) var toolCalls = 0

    /// All of it.
    var total: Int { sessions + tasks + errors + toolCalls }

    mutating func count(_ fact: Fact) {
        switch fact.kind {
        case .sessionOpened, .sessionChanged, .sessionEnded: sessions += 1
        case .taskQueued, .agentSpawned, .taskFinished: tasks += 1
        case .error: errors += 1
        case .toolFinished: toolCalls += 1
        default: break
        }
    }
}

extension MonitorSnapshot {
    /// How often there was news of a topic that is told at once, since the start; none of a topic that can wait. Of a
    /// feed it is the number of its records.
    public func newsCount(of topic: StreamTopic) -> Int? {
        switch topic {
        case .sessions: state.news.sessions
        case .tasks: state.news.tasks
        case .errors: state.news.errors
        case .tools: state.news.toolCalls
        case .buffer, .latency, .network: nil
        }
    }
}
