import PrometheusMetrics

/// What live sessions say they are.
struct SessionIdentity {
    /// Sessions by model; a model that has no price is `other`. Empty where no session told its model.
    let byModel: [String: Int]
    /// When the next one reaches its limit.
    let nextExpiry: WallTime?

    init(_ snapshot: MonitorSnapshot) {
        var byModel: [String: Int] = [:]
        var nextExpiry: WallTime?
        for (_, session) in snapshot.state.interpreter.sessions.entries {
            if let model = session.model {
                byModel[snapshot.configuration.prices.name(of: model) ?? BoundedNames.other, default: 0] += 1
            }
            if let expiresAt = session.expiresAt { nextExpiry = min(nextExpiry ?? expiresAt, expiresAt) }
        }
        self.byModel = byModel
        self.nextExpiry = nextExpiry
    }
}

/// The label of the family that counts ends by reason.
struct EndReasonLabel: LabelSet {
    static let labelNames = ["reason"]
    var reason: SessionEndReason
    var labelValues: [String] { [reason.rawValue] }
}

/// The label of the family that counts sessions by model.
struct ModelLabel: LabelSet {
    static let labelNames = ["model"]
    var model: String
    var labelValues: [String] { [model] }
}

/// The metric families of what sessions are and why they end.
struct SessionIdentityFamilies: SectionFamilies {
    let ends = FamilyDescriptor<CounterValue, EndReasonLabel>(
        "amplifier_voice_session_ends_total", help: "Sessions that ended, by reason.", labels: EndReasonLabel.self)
    let merged = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_sessions_merged_total",
        help: "Sessions that began and turned out to be another one under a second id; they never end.")
    let byModel = FamilyDescriptor<GaugeValue, ModelLabel>(
        "amplifier_voice_sessions_by_model", help: "Live sessions that told their model, by model.",
        labels: ModelLabel.self)
    let nextExpiry = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_session_next_expiry_timestamp_seconds",
        help: "When the next live session reaches the limit that the API sets, in Unix time.")

    var erased: [AnyFamilyDescriptor] { [ends.erased, merged.erased, byModel.erased, nextExpiry.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.sessions
        let identity = SessionIdentity(snapshot)
        writer.write(ends, section.ends.counters { EndReasonLabel(reason: $0) })
        writer.write(merged, section.merged)
        let models = identity.byModel.map { (ModelLabel(model: $0.key), GaugeValue($0.value)) }
        writer.write(byModel, Dictionary(uniqueKeysWithValues: models))
        writer.write(nextExpiry, identity.nextExpiry.map { GaugeValue($0.unixSeconds) })
    }
}
