/// How a number, a section or the whole stands against SPEC's thresholds.
public enum Status: String, Codable, Comparable, Sendable {
    /// There are too few samples to judge.
    case unknown
    /// No threshold is crossed.
    case ok
    /// The warning threshold is crossed.
    case warning
    /// The critical threshold is crossed.
    case critical

    /// Whether the first is the better of the two.
    public static func < (first: Status, second: Status) -> Bool {
        first.severity < second.severity
    }

    private var severity: Int {
        switch self {
        case .unknown: 0
        case .ok: 1
        case .warning: 2
        case .critical: 3
        }
    }
}
