import PrometheusMetrics
import VoiceMonitoring

/// What was taken in and what was refused.
struct IngestInstruments: Sendable {
    struct KindLabel: LabelSet {
        static let labelNames = ["kind"]
        var kind: EventType
        var labelValues: [String] { [kind.rawValue] }
    }

    struct ReasonLabel: LabelSet {
        static let labelNames = ["reason"]
        var reason: String
        var labelValues: [String] { [reason] }
    }

    /// Reasons for which a whole request is refused.
    enum RequestReason: String, CaseIterable {
        case bodyTooLarge = "body_too_large"
        case tooManyEvents = "too_many_events"
        case unsupportedMediaType = "unsupported_media_type"
    }

    private let accepted: Family<KindLabel, Counter>
    private let duplicates: Counter
    private let rejected: Family<ReasonLabel, Counter>

    init(_ registry: Registry) throws {
        accepted = try registry.counter(
            "amplifier_voice_exporter_ingest_events_total", help: "Events that were accepted, by type.",
            labels: KindLabel.self)
        duplicates = try registry.counter(
            "amplifier_voice_exporter_ingest_duplicate_events_total",
            help: "Events that repeated an event that was accepted before.")
        rejected = try registry.counter(
            "amplifier_voice_exporter_ingest_rejected_events_total",
            help: "Events, or whole requests, that were refused, by reason.", labels: ReasonLabel.self)
        accepted.create(EventType.allCases.map { KindLabel(kind: $0) })
        let reasons = EventRefusal.Reason.allCases.map(\.rawValue) + RequestReason.allCases.map(\.rawValue)
        rejected.create(reasons.map { ReasonLabel(reason: $0) })
    }

    func count(_ outcome: Monitor.Outcome, of kind: EventType) {
        switch outcome {
        case .accepted: accepted[KindLabel(kind: kind)].increment()
        case .duplicate: duplicates.increment()
        }
    }

    func count(_ refusal: EventRefusal) {
        rejected[ReasonLabel(reason: refusal.reason.rawValue)].increment()
    }

    func count(_ reason: RequestReason) {
        rejected[ReasonLabel(reason: reason.rawValue)].increment()
    }
}
