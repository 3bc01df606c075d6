import PrometheusMetrics

extension UsageTally.TokenKey: LabelSet {
    static let labelNames = ["use", "direction", "modality", "cached"]
    var labelValues: [String] {
        [use.rawValue, kind.direction.rawValue, kind.modality.rawValue, kind.caching.rawValue]
    }
}

/// The label of the family that counts dollars.
struct UsageLabel: LabelSet {
    static let labelNames = ["use"]
    var use: UsageKind
    var labelValues: [String] { [use.rawValue] }
}

/// The label of the family that counts what has no price.
struct UnpricedLabel: LabelSet {
    static let labelNames = ["reason"]
    var reason: PricedUsage.Unpriced
    var labelValues: [String] { [reason.rawValue] }
}

/// The metric families of tokens and money.
struct UsageFamilies: SectionFamilies {
    /// US dollars.
    static let sessionCostBuckets: Buckets = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]

    let tokens = FamilyDescriptor<CounterValue, UsageTally.TokenKey>(
        "amplifier_voice_tokens_total",
        help: "Tokens that were used. Cached ones are counted apart from the other input, not in it as well.",
        labels: UsageTally.TokenKey.self)
    let transcribedAudio = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_transcribed_audio_seconds_total", help: "Audio whose transcription is billed by its length.")
    let cost = FamilyDescriptor<CounterValue, UsageLabel>(
        "amplifier_voice_cost_dollars_total",
        help:
            "Known cost in US dollars by the table of prices. Usage without a price is not in it: see unpriced_usage.",
        labels: UsageLabel.self)
    let unpriced = FamilyDescriptor<CounterValue, UnpricedLabel>(
        "amplifier_voice_unpriced_usage_total",
        help: "Responses and transcriptions whose cost is unknown, by reason.", labels: UnpricedLabel.self)
    let sessionCost = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_session_cost_dollars",
        help: "What ended sessions cost in US dollars, of those whose whole cost is known.")

    var erased: [AnyFamilyDescriptor] {
        [tokens.erased, transcribedAudio.erased, cost.erased, unpriced.erased, sessionCost.erased]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let usage = snapshot.state.sessions.usage
        writer.write(tokens, usage.tokens)
        writer.write(transcribedAudio, usage.transcribedSeconds)
        let costs = usage.costs.map { (UsageLabel(use: $0.key), $0.value) }
        writer.write(cost, Dictionary(uniqueKeysWithValues: costs))
        writer.write(unpriced, usage.unpriced.counters { UnpricedLabel(reason: $0) })
        writer.write(sessionCost, usage.sessionCosts)
    }
}
