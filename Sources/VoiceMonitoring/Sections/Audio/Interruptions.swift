import PrometheusMetrics

/// How users, and what sounds like them, interrupt the assistant.
struct Interruptions: Codable, Sendable {
    private(set) var byOutcome = CountedByKey<InterruptionOutcome>()
    private(set) var orphaned = CounterValue()
    private(set) var orphanedLastHour = SlidingWindow<Tally>.lastHour
    /// How long the assistant took to stop.
    private(set) var reactions = LatencySection.Series(InterruptionFamilies.reactionBuckets)

    mutating func apply(_ fact: Fact, at now: MonotonicTime) {
        switch fact.kind {
        case .interruption(let outcome):
            byOutcome.count(outcome, at: now)
        case .orphanedInterruption:
            orphaned.increment()
            orphanedLastHour.count(at: now)
        case .interruptionReaction(let milliseconds):
            reactions.observe(milliseconds, nil, at: now)
        default:
            break
        }
    }
}

/// The interruptions of the audio section in JSON.
public struct InterruptionMetrics: Encodable, Sendable {
    /// Since the start, by what they turned out to be.
    let byOutcome: [InterruptionOutcome: Int]
    /// In the last hour, by what they turned out to be.
    let byOutcomeLastHour: [InterruptionOutcome: Int]
    /// The share of the last hour's that were none, from 0 to 1.
    @Nullable public private(set) var falseRatio: Double?
    /// False ones since the start that cut off a reply, with nothing in its place.
    public let orphaned: Int
    /// The same in the last hour.
    public let orphanedLastHour: Int
    /// How long the assistant took to stop, last hour, in milliseconds.
    public let reaction: PercentileSet

    init(_ snapshot: MonitorSnapshot) {
        let section = snapshot.state.audio.interruptions
        let recent = section.byOutcome.recent.merged(at: snapshot.now.monotonic)
        byOutcome = section.byOutcome.total.all
        byOutcomeLastHour = recent.all
        orphaned = section.orphaned.count
        orphanedLastHour = section.orphanedLastHour.merged(at: snapshot.now.monotonic).count
        reaction = section.reactions.lastHour.percentiles(at: snapshot.now)
        falseRatio = recent.total == 0 ? nil : 1 - Double(recent[.confirmed]) / Double(recent.total)
    }

    enum CodingKeys: String, CodingKey {
        case orphaned, reaction
        case byOutcome = "by_outcome"
        case byOutcomeLastHour = "by_outcome_last_hour"
        case falseRatio = "false_ratio"
        case orphanedLastHour = "orphaned_last_hour"
    }
}

/// The label of the family that counts interruptions by outcome.
struct InterruptionLabel: LabelSet {
    static let labelNames = ["outcome"]
    var outcome: InterruptionOutcome
    var labelValues: [String] { [outcome.rawValue] }
}

/// The metric families of interruptions.
struct InterruptionFamilies: SectionFamilies {
    /// Seconds.
    static let reactionBuckets: Buckets = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2]

    let interruptions = FamilyDescriptor<CounterValue, InterruptionLabel>(
        "amplifier_voice_interruptions_total",
        help: "Utterances that began while the assistant was heard, by what they turned out to be.",
        labels: InterruptionLabel.self)
    let orphaned = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_interruptions_orphaned_total",
        help: "False interruptions that cut off a reply, with nothing said in its place.")
    let reaction = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_interruption_reaction_seconds",
        help: "Time from the beginning of an interruption to the end of what the assistant said.")

    var erased: [AnyFamilyDescriptor] { [interruptions.erased, orphaned.erased, reaction.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.audio.interruptions
        writer.write(interruptions, section.byOutcome.counters { InterruptionLabel(outcome: $0) })
        writer.write(orphaned, section.orphaned)
        writer.write(reaction, section.reactions.total)
    }
}
