/// When a raw event happened, on the one clock of its feed that is best: the sender's monotonic clock, else its wall
/// clock, else the receipt. Times of different feeds or clocks are never subtracted.
struct FeedTime: Hashable, Codable, Sendable {
    private enum Clock: UInt8, Codable {
        case offset, stated, receipt
    }

    private let milliseconds: Double
    private let clock: Clock
    /// The feed; none where the sender does not say.
    let source: RealtimeEvent.Source?

    init(_ event: RealtimeEvent, _ context: EventContext) {
        source = event.source
        if let offset = event.receivedMilliseconds {
            clock = .offset
            milliseconds = offset
        } else if let stated = context.moment.stated {
            clock = .stated
            milliseconds = Double(stated.nanoseconds) / 1e6
        } else {
            clock = .receipt
            milliseconds = Double(context.now.monotonic.nanoseconds) / 1e6
        }
    }

    /// The milliseconds from an earlier time to this one. None where they would be negative, more than a day, or of
    /// another clock.
    func milliseconds(since start: FeedTime) -> Double? {
        distance(from: start).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The milliseconds from another time to this one, negative where this one is earlier.
    func distance(from other: FeedTime) -> Double? {
        guard clock == other.clock, source == other.source else { return nil }
        let distance = milliseconds - other.milliseconds
        return distance.magnitude <= EventLimits.milliseconds.upperBound ? distance : nil
    }
}

extension FeedTime? {
    /// Takes the time of an event, unless one is known. The browser's wins: the sideband may be read late.
    mutating func take(_ time: FeedTime?) {
        guard let time else { return }
        if self == nil || (self?.source != .browser && time.source == .browser) { self = time }
    }
}
