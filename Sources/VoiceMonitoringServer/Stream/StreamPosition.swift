import VoiceMonitoring

/// What a stream tells record by record: each record once, and what was missed again.
enum StreamFeed: Hashable, CaseIterable {
    case errors
    case tools
    case alerts

    init?(_ slot: StreamFrame.Slot) {
        switch slot {
        case .topic(.errors): self = .errors
        case .topic(.tools): self = .tools
        case .alert: self = .alerts
        default: return nil
        }
    }
}

/// How far a client is told the feeds, each as a number of records since the start. It is the id of events, so that a
/// client that comes back says what it has.
struct StreamPosition: Equatable {
    private var told: [StreamFeed: Int] = [:]

    init(_ told: [StreamFeed: Int] = [:]) {
        self.told = told
    }

    /// Reads the id of an event; none where it is none, or that of another process.
    init?(id: String, bootID: String) {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        let counts = parts.dropFirst().compactMap { UInt32($0).map(Int.init) }
        guard parts.first.map(String.init) == bootID, parts.count == counts.count + 1,
            counts.count == StreamFeed.allCases.count
        else { return nil }
        told = Dictionary(uniqueKeysWithValues: zip(StreamFeed.allCases, counts))
    }

    subscript(feed: StreamFeed) -> Int {
        get { told[feed] ?? 0 }
        set { told[feed] = newValue }
    }

    /// Takes note of a frame that was sent. Whether it goes on where the client was: then it says so.
    mutating func advance(by frame: StreamFrame) -> Bool {
        guard let feed = StreamFeed(frame.slot), let records = frame.records, frame.isComplete,
            records.lowerBound <= self[feed]
        else { return false }
        self[feed] = records.upperBound
        return true
    }

    /// The id of an event after which a client is told so much.
    func id(bootID: String) -> String {
        ([bootID] + StreamFeed.allCases.map { String(self[$0]) }).joined(separator: ".")
    }
}
