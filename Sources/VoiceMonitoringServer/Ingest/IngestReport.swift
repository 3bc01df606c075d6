import VoiceMonitoring

/// What became of the events of one request.
struct IngestReport: Encodable {
    /// An event that was refused.
    struct Rejection: Encodable {
        /// Its place in the request, from 0.
        let index: Int
        /// The field that is wrong; null where the event could not be read.
        @Nullable private(set) var field: String?
        /// What is wrong.
        let error: String

        init(index: Int, _ refusal: EventRefusal) {
            self.index = index
            error = refusal.message
            field = refusal.field
        }
    }

    private(set) var accepted = 0
    private(set) var duplicates = 0
    private(set) var rejected: [Rejection] = []

    /// Whether at least one event was understood.
    var isAccepted: Bool { accepted + duplicates > 0 }

    mutating func add(_ outcome: Monitor.Outcome) {
        switch outcome {
        case .accepted: accepted += 1
        case .duplicate: duplicates += 1
        }
    }

    mutating func add(_ refusal: EventRefusal, at index: Int) {
        rejected.append(Rejection(index: index, refusal))
    }
}
