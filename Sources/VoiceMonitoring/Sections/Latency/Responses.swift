import PrometheusMetrics

/// How responses of the model end. Only whole ones count in the percentiles.
struct Responses: Codable, Sendable {
    private(set) var byStatus = CountedByKey<ResponseStatus>()
    private(set) var cancellations = CountedByKey<CancellationReason>()

    mutating func count(_ status: ResponseStatus, _ reason: CancellationReason?, at now: MonotonicTime) {
        byStatus.count(status, at: now)
        if let reason { cancellations.count(reason, at: now) }
    }
}

/// The label of a family that counts responses by their end.
struct ResponseStatusLabel: LabelSet {
    static let labelNames = ["status"]
    var status: ResponseStatus
    var labelValues: [String] { [status.rawValue] }
}

/// The label of a family that counts cancelled responses by reason.
struct CancellationLabel: LabelSet {
    static let labelNames = ["reason"]
    var reason: CancellationReason
    var labelValues: [String] { [reason.rawValue] }
}

/// The metric families of responses.
struct ResponseFamilies: SectionFamilies {
    let responses = FamilyDescriptor<CounterValue, ResponseStatusLabel>(
        "amplifier_voice_responses_total", help: "Responses of the model that ended, by how they ended.",
        labels: ResponseStatusLabel.self)
    let cancellations = FamilyDescriptor<CounterValue, CancellationLabel>(
        "amplifier_voice_response_cancellations_total", help: "Responses that were cancelled, by reason.",
        labels: CancellationLabel.self)

    var erased: [AnyFamilyDescriptor] { [responses.erased, cancellations.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.latency.responses
        writer.write(responses, section.byStatus.counters { ResponseStatusLabel(status: $0) })
        writer.write(cancellations, section.cancellations.counters { CancellationLabel(reason: $0) })
    }
}
