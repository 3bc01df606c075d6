import Synchronization

/// Tells when several threads use one place in memory so often that it is worth giving each its own.
///
/// It is asked only when another thread than the last one comes to the place, which is when the place has to move from
/// one processor to the other.
struct Contention: ~Copyable, Sendable {
    private let turns = Atomic<UInt32>(0)
    /// In microseconds.
    private let roundStart = Atomic<UInt32>(0)

    /// The turns after which the clock is read: often enough to notice soon, seldom enough to cost little.
    private static let turnsInRound: UInt32 = 1024

    init() {}

    /// Notes that another thread came. Whether they come more than a million times a second.
    func isHigh() -> Bool {
        let turn = turns.wrappingAdd(1, ordering: .relaxed).newValue
        guard turn.isMultiple(of: Self.turnsInRound) else { return false }
        let now = Self.microseconds()
        let start = roundStart.exchange(now, ordering: .relaxed)
        return turn > Self.turnsInRound && now &- start < Self.turnsInRound
    }

    private static let origin = ContinuousClock.now

    private static func microseconds() -> UInt32 {
        UInt32(truncatingIfNeeded: Int64((ContinuousClock.now - origin) / .microseconds(1)))
    }
}
