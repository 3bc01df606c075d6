import VoiceMonitoring

/// What was sent, and what became of it.
struct SimulationReport {
    private let seed: UInt64
    private var sent: [EventType: Int] = [:]
    private var accepted = 0
    private var duplicates = 0
    private var rejected = 0
    private var firstRejection: String?

    init(seed: UInt64) {
        self.seed = seed
    }

    /// Whether the exporter took everything.
    var isComplete: Bool { accepted == total }

    /// The events that were sent and answered.
    var total: Int { sent.values.reduce(0, +) }

    mutating func add(_ events: [VoiceEvent], _ answer: EventConnection.Answer) {
        for event in events { sent[event.type, default: 0] += 1 }
        accepted += answer.accepted
        duplicates += answer.duplicates
        rejected += answer.rejected.count
        if firstRejection == nil, let rejection = answer.rejected.first {
            firstRejection = "\(rejection.field ?? "event") \(rejection.error)".quoted
        }
    }

    /// The report, a count of each type of event in a line.
    func text(seconds: Double) -> String {
        let pace = seconds > 0 ? Int((Double(total) / seconds).rounded()) : total
        let sum =
            "Sent \(total) events of seed \(seed) in \(Int(seconds.rounded())) s (\(pace) a second): "
            + "\(accepted) accepted, \(duplicates) duplicates, \(rejected) rejected."
        let reason = firstRejection.map { ["The first rejection: \($0)"] } ?? []
        let types = sent.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue) \($0.value)" }
        return ([sum] + reason + types).joined(separator: "\n")
    }
}
