/// The bounds that decide a number's status. A number on a bound has not crossed it.
public struct Thresholds: Codable, Equatable, Sendable {
    /// On which side of its bounds a number is bad.
    public enum Direction: String, Codable, Sendable {
        /// High is bad.
        case above
        /// Low is bad.
        case below
    }

    /// On which side a number is bad.
    public let direction: Direction
    /// What to aim at, in the number's unit; it decides no status.
    public let target: Double?
    /// Where the warning begins.
    public let warning: Double?
    /// Where it becomes critical.
    public let critical: Double?

    /// The same bounds with some of them changed.
    public func replacing(target: Double? = nil, warning: Double? = nil, critical: Double? = nil) -> Thresholds {
        Thresholds(
            direction: direction, target: target ?? self.target, warning: warning ?? self.warning,
            critical: critical ?? self.critical)
    }

    /// Whether the bounds go from the target over the warning to the critical one.
    public var isOrdered: Bool {
        let bounds = [target, warning, critical].compactMap(\.self)
        return zip(bounds, bounds.dropFirst()).allSatisfy { direction == .above ? $0 <= $1 : $0 >= $1 }
    }

    static func above(target: Double? = nil, warning: Double? = nil, critical: Double? = nil) -> Thresholds {
        Thresholds(direction: .above, target: target, warning: warning, critical: critical)
    }

    static func below(target: Double? = nil, warning: Double? = nil, critical: Double? = nil) -> Thresholds {
        Thresholds(direction: .below, target: target, warning: warning, critical: critical)
    }

    func status(of value: Double) -> Status {
        if isCrossed(critical, by: value) { return .critical }
        if isCrossed(warning, by: value) { return .warning }
        return .ok
    }

    private func isCrossed(_ bound: Double?, by value: Double) -> Bool {
        guard let bound else { return false }
        return direction == .above ? value > bound : value < bound
    }
}
