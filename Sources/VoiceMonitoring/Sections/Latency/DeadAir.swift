import PrometheusMetrics

/// Turns of the user that nothing audible followed.
struct DeadAir: Codable, Sendable {
    private(set) var byCause = CountedByKey<DeadAirCause>()
    /// From the end of the user's speech to whatever ended it.
    private(set) var lengths = LatencySection.Series(DeadAirFamilies.lengthBuckets)

    mutating func count(_ cause: DeadAirCause, at now: MonotonicTime) {
        byCause.count(cause, at: now)
    }

    mutating func observe(_ milliseconds: Double, at now: MonotonicTime) {
        lengths.observe(milliseconds, nil, at: now)
    }
}

/// The dead air of the latency section in JSON.
public struct DeadAirMetrics: Encodable, Sendable {
    /// How often since the start.
    public let total: Int
    /// How often in the last hour.
    public let lastHour: Int
    /// How often in the last hour, by cause.
    let byCauseLastHour: [DeadAirCause: Int]
    /// How long it was, in the last hour, once it was over, in milliseconds.
    public let length: PercentileSet
    /// From which length on silence counts, in milliseconds.
    public let thresholdMilliseconds: Double

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.latency.deadAir
        let recent = section.byCause.recent.merged(at: snapshot.now.monotonic)
        total = section.byCause.total.total
        lastHour = recent.total
        byCauseLastHour = recent.all
        length = section.lengths.lastHour.percentiles(at: snapshot.now)
        thresholdMilliseconds = Double(snapshot.configuration.deadAirAfter.nanoseconds) / 1e6
    }

    enum CodingKeys: String, CodingKey {
        case total, length
        case lastHour = "last_hour"
        case byCauseLastHour = "by_cause_last_hour"
        case thresholdMilliseconds = "threshold_ms"
    }
}

/// The label of the family that counts dead air by cause.
struct DeadAirLabel: LabelSet {
    static let labelNames = ["cause"]
    var cause: DeadAirCause
    var labelValues: [String] { [cause.rawValue] }
}

/// The metric families of dead air.
struct DeadAirFamilies: SectionFamilies {
    /// Seconds.
    static let lengthBuckets: Buckets = [2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 60, 120]

    let count = FamilyDescriptor<CounterValue, DeadAirLabel>(
        "amplifier_voice_dead_air_total",
        help: "Turns of the user that nothing audible followed within the configured time, by cause.",
        labels: DeadAirLabel.self)
    let length = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_dead_air_seconds",
        help: "Time from the end of the user's speech to the end of dead air, observed when it is over.")

    var erased: [AnyFamilyDescriptor] { [count.erased, length.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.latency.deadAir
        writer.write(count, section.byCause.counters { DeadAirLabel(cause: $0) })
        writer.write(length, section.lengths.total)
    }
}
