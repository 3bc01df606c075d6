/// When something happened, for display, and the same on the clock that never jumps, for comparing.
struct EventTime: Codable, Sendable {
    var shown: WallTime
    var instant: MonotonicTime

    /// A time that a sender stated, or that of the receipt where it stated none.
    init(_ stated: WallTime?, receivedAt now: Timestamp) {
        shown = stated ?? now.wall
        let age = now.wall.nanoseconds &- shown.nanoseconds
        instant = MonotonicTime(nanoseconds: now.monotonic.nanoseconds &- age)
    }

    /// An instant of the clock that never jumps, shown as the wall clock has it now.
    init(_ instant: MonotonicTime, shownAt now: Timestamp) {
        self.instant = instant
        shown = now.wall(of: instant)
    }

    /// The later of two times. A wall clock that is set back leaves no time in the future.
    static func latest(_ first: EventTime?, _ second: EventTime) -> EventTime {
        guard let first, first.instant > second.instant else { return second }
        return first
    }
}
