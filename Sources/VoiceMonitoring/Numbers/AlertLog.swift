/// Takes note of every number that crosses a threshold: a state machine with looks at everything in and alerts out.
public struct AlertLog: Sendable {
    private struct Entry: Codable {
        let alert: ThresholdAlert
        let seen: MonotonicTime
    }

    /// How many alerts are kept at most.
    static let capacity = 200

    /// Alerts since the start.
    public private(set) var count = 0
    private var statuses: [String: Status] = [:]
    private var entries = RecentList<Entry>(capacity: capacity)

    /// Creates a log that has seen nothing.
    public init() {}

    /// Compares how things stand with how they stood at the look before.
    public mutating func observe(_ snapshot: MonitorSnapshot) {
        for (name, judged) in snapshot.judged {
            let before = statuses.updateValue(judged.status, forKey: name) ?? .unknown
            guard before != judged.status, max(before, judged.status) > .ok else { continue }
            count += 1
            let alert = ThresholdAlert(name, from: before, judged, at: snapshot.now.wall)
            entries.append(Entry(alert: alert, seen: snapshot.now.monotonic))
        }
    }

    /// The alerts that came after the first `told` of all, newest first, as far as they are kept.
    public func alerts(after told: Int) -> [ThresholdAlert] {
        entries.newestFirst.prefix(max(0, count - told)).map(\.alert)
    }

    /// The alerts of the last 24 hours.
    public func lastDay(at now: Timestamp) -> AlertList {
        AlertList(
            alerts: entries.newestFirst.prefix { $0.seen.advanced(by: .hours(24)) >= now.monotonic }.map(\.alert))
    }
}
