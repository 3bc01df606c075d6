/// The status of the whole and of each section, with the reasons.
public struct Health: Encodable, Sendable {
    /// The status of the whole.
    public enum Overall: String, Encodable, Sendable {
        /// Nothing is wrong, as far as is known.
        case healthy
        /// Something crossed a warning threshold.
        case degraded
        /// Something crossed a critical threshold.
        case unhealthy
    }

    /// The status of one section.
    public struct Section: Encodable, Sendable {
        /// The worst status of the section's numbers.
        public let status: Status
        /// One sentence for each number that crossed a threshold.
        public let reasons: [String]
    }

    /// The status of the whole.
    public let status: Overall
    /// The sections.
    public let sections: [SectionSlug: Section]
    /// When it was judged.
    public let time: WallTime

    init(_ snapshot: MonitorSnapshot) {
        let sections = SectionSlug.allCases.map { slug in
            (
                slug,
                Section(
                    snapshot.judgements(of: slug), snapshot.configuration.numbers,
                    bridge: slug == .amplifier ? snapshot.bridgeHealth : nil)
            )
        }
        self.sections = Dictionary(uniqueKeysWithValues: sections)
        status =
            switch sections.map(\.1.status).max() {
            case .critical: .unhealthy
            case .warning: .degraded
            default: .healthy
            }
        time = snapshot.now.wall
    }
}

extension Health.Section {
    fileprivate init(
        _ judgements: [(id: NumberID, status: NumberStatus)], _ numbers: NumberTable, bridge: BridgeStatus.Health?
    ) {
        let statuses = judgements.map(\.status.status) + (bridge.map { [Status($0)] } ?? [])
        status = statuses.max() ?? .ok
        let bridgeReason = bridge.flatMap { $0 == .healthy ? nil : "The bridge reports that it is \($0.rawValue)." }
        let numberReasons = judgements.compactMap { id, judged in
            guard let value = judged.value, let thresholds = numbers[id]?.thresholds else { return String?.none }
            let bound: Double? =
                switch judged.status {
                case .critical: thresholds.critical
                case .warning: thresholds.warning
                default: nil
                }
            return bound.map {
                "\(id.field) is \(Self.shown(value)), \(thresholds.direction.rawValue) the "
                    + "\(judged.status.rawValue) threshold of \(Self.shown($0))."
            }
        }
        reasons = numberReasons + (bridgeReason.map { [$0] } ?? [])
    }

    /// Two decimals are enough for people.
    private static func shown(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return Int(exactly: rounded).map(String.init) ?? rounded.description
    }
}

extension MonitorSnapshot {
    /// What the bridge reported of itself last; none before it did.
    var bridgeHealth: BridgeStatus.Health? { state.amplifier.bridge?.status.health }
}

extension Status {
    init(_ health: BridgeStatus.Health) {
        switch health {
        case .healthy: self = .ok
        case .degraded: self = .warning
        case .unhealthy: self = .critical
        }
    }
}
