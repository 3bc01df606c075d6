/// A number that crossed a threshold, or came back.
public struct ThresholdAlert: Codable, Sendable {
    /// The number: the section's slug, a dot, and its field in the section's JSON.
    public let number: String
    /// Where it stood before.
    public let from: Status
    /// Where it stands since; unknown where there are too few samples left to judge.
    public let status: Status
    /// What it read then; none of a state that is a word.
    @Nullable public private(set) var value: Double?
    /// The threshold that it crossed; none where it came back.
    @Nullable public private(set) var threshold: Double?
    /// When that was seen.
    public let at: WallTime

    init(_ number: String, from: Status, _ judged: JudgedNumber, at time: WallTime) {
        self.number = number
        self.from = from
        status = judged.status
        at = time
        value = judged.value
        threshold = judged.threshold
    }
}

/// What crossed a threshold in the last 24 hours.
public struct AlertList: Encodable, Sendable {
    /// The newest first, at most 200.
    public let alerts: [ThresholdAlert]
}

/// A number, where it stands and which threshold put it there.
struct JudgedNumber {
    let status: Status
    let value: Double?
    let threshold: Double?
}

extension MonitorSnapshot {
    /// All that is judged, by name.
    var judged: [(name: String, JudgedNumber)] {
        let numbers = SectionSlug.allCases.flatMap { judgements(of: $0) }.map { id, status in
            let threshold =
                switch status.status {
                case .critical: status.critical
                case .warning: status.warning
                case .ok, .unknown: Double?.none
                }
            return (id.rawValue, JudgedNumber(status: status.status, value: status.value, threshold: threshold))
        }
        let bridge = bridgeHealth.map { health in
            ("amplifier.health_status", JudgedNumber(status: Status(health), value: nil, threshold: nil))
        }
        return numbers + (bridge.map { [$0] } ?? [])
    }
}
