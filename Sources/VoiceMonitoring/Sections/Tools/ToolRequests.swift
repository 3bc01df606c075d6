import PrometheusMetrics

/// Tool calls from the model's side: what it asked for and what it got, how long calls waited and how they ended.
struct ToolRequests: Codable, Sendable {
    /// Calls that were asked for, and results that were delivered, by tool.
    private(set) var requested: [String: CounterValue]
    private(set) var delivered: [String: CounterValue]
    private(set) var malformed = CounterValue()
    private(set) var outcomes = CountedByKey<ToolOutcome>()
    private(set) var queueWait = LatencySection.Series(ToolRequestFamilies.queueWaitBuckets)

    init(reservedNames: [String]) {
        requested = Dictionary(reservedNames.map { ($0, CounterValue()) }) { first, _ in first }
        delivered = requested
    }

    mutating func apply(_ fact: Fact, at now: MonotonicTime) {
        switch fact.kind {
        case .toolRequested(let tool): requested[tool, default: CounterValue()].increment()
        case .toolResultDelivered(let tool): delivered[tool, default: CounterValue()].increment()
        case .toolArgumentsMalformed: malformed.increment()
        case .toolQueued(let milliseconds): queueWait.observe(milliseconds, nil, at: now)
        case .toolFinished(_, let record): outcomes.count(record.outcome, at: now)
        default: break
        }
    }
}

/// The wait of tool calls in JSON, of the last hour, in milliseconds.
public struct QueueWaitMetrics: Encodable, Sendable {
    /// The number of calls whose wait is known.
    public let count: Int
    /// The mean.
    @Nullable public private(set) var avg: Double?
    /// The median.
    @Nullable public private(set) var p50: Double?
    /// The 95th percentile.
    @Nullable public private(set) var p95: Double?

    init(_ waits: ExponentialHistogram) {
        count = waits.count
        avg = waits.mean
        p50 = waits.percentile(50)
        p95 = waits.percentile(95)
    }

    enum CodingKeys: String, CodingKey {
        case count
        case avg = "avg_ms"
        case p50 = "p50_ms"
        case p95 = "p95_ms"
    }
}

/// The label of the family that counts calls by outcome.
struct ToolOutcomeLabel: LabelSet {
    static let labelNames = ["outcome"]
    var outcome: ToolOutcome
    var labelValues: [String] { [outcome.rawValue] }
}

/// The metric families of tool calls from the model's side.
struct ToolRequestFamilies: SectionFamilies {
    /// Seconds.
    static let queueWaitBuckets: Buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120]

    let requested = FamilyDescriptor<CounterValue, ToolLabel>(
        "amplifier_voice_tool_calls_requested_total", help: "Tool calls that the model asked for.",
        labels: ToolLabel.self)
    let delivered = FamilyDescriptor<CounterValue, ToolLabel>(
        "amplifier_voice_tool_results_delivered_total",
        help: "Results of requested tool calls that were added to the conversation.", labels: ToolLabel.self)
    let malformed = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_tool_calls_malformed_total",
        help: "Tool calls that the model asked for with arguments that are no JSON object.")
    let outcomes = FamilyDescriptor<CounterValue, ToolOutcomeLabel>(
        "amplifier_voice_tool_call_outcomes_total", help: "Tool calls that ended, by how they ended.",
        labels: ToolOutcomeLabel.self)
    let queueWait = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_tool_queue_wait_seconds",
        help: "Time that tool calls waited from their request to their start; it is not in their duration.")

    var erased: [AnyFamilyDescriptor] {
        [requested.erased, delivered.erased, malformed.erased, outcomes.erased, queueWait.erased]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let requests = snapshot.state.tools.requests
        writer.write(requested, requests.requested.labelled)
        writer.write(delivered, requests.delivered.labelled)
        writer.write(malformed, requests.malformed)
        writer.write(outcomes, requests.outcomes.counters { ToolOutcomeLabel(outcome: $0) })
        writer.write(queueWait, requests.queueWait.total)
    }
}

extension [String: CounterValue] {
    fileprivate var labelled: [ToolLabel: CounterValue] {
        Dictionary<ToolLabel, CounterValue>(uniqueKeysWithValues: map { (ToolLabel(tool: $0.key), $0.value) })
    }
}
