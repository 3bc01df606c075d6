/// When something happened: the time its event was received, and the sender's own times where it gave them.
struct Moment: Hashable, Codable, Sendable {
    /// The receipt of the event.
    var received: MonotonicTime
    /// The event's `at`, where it has one that is believed.
    var stated: WallTime?
    /// The sender's monotonic clock in milliseconds, where the event has it.
    var offset: Double?

    /// The milliseconds from an earlier moment to this one. None where they would be negative or more than a day.
    func milliseconds(since start: Moment) -> Double? {
        distance(from: start).flatMap { EventLimits.milliseconds.contains($0) ? $0 : nil }
    }

    /// The milliseconds from another moment to this one, negative where this one is earlier, on the best clock that
    /// both carry: the sender's monotonic clock, else `at`, else the receipts. None where they would be more than a
    /// day.
    func distance(from other: Moment) -> Double? {
        let distance: Double
        if let offset, let otherOffset = other.offset {
            distance = offset - otherOffset
        } else if let stated, let otherStated = other.stated {
            distance = stated.milliseconds(since: otherStated)
        } else {
            distance = received.milliseconds(since: other.received)
        }
        return distance.magnitude <= EventLimits.milliseconds.upperBound ? distance : nil
    }
}
