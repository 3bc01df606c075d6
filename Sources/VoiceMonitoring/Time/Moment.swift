/// When something happened: the time its event was received, and the sender's own times where it gave them.
struct Moment: Hashable, Codable, Sendable {
    /// The receipt of the event.
    var received: MonotonicTime
    /// The event's `at`, where it has one that is believed.
    var stated: WallTime?
    /// The sender's monotonic clock in milliseconds, where the event has it.
    var offset: Double?

    /// The milliseconds from an earlier moment to this one, on the best clock that both ends carry: the sender's
    /// monotonic clock, else `at`, else the receipts. None where the result would be negative or absurd.
    func milliseconds(since start: Moment) -> Double? {
        let elapsed: Double
        if let offset, let startOffset = start.offset {
            elapsed = offset - startOffset
        } else if let stated, let startStated = start.stated {
            elapsed = stated.milliseconds(since: startStated)
        } else {
            elapsed = received.milliseconds(since: start.received)
        }
        return EventLimits.milliseconds.contains(elapsed) ? elapsed : nil
    }
}
