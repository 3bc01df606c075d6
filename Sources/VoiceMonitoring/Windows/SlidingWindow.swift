/// A value that is kept for each slot of a window and added up over several.
public protocol WindowSlot: Codable, Sendable {
    /// The value of a slot in which nothing happened.
    init()

    /// Adds what happened in another slot.
    mutating func merge(_ other: Self)
}

/// What happened in the last minutes or hours: a ring of slots of equal length, aligned to the monotonic clock.
///
/// The window at an instant is the slot that contains it and the `slotCount - 1` before. Memory is that of the slots,
/// whatever the volume.
public struct SlidingWindow<Slot: WindowSlot>: Codable, Sendable {
    private struct Entry: Codable, Sendable {
        /// Which slot of the clock this is, counted from the clock's start.
        var number: Int64
        var value: Slot
    }

    /// The number of slots.
    public let slotCount: Int
    /// The length of one slot.
    public let slotLength: Span
    private var entries: [Entry]

    /// Creates a window in which nothing happened.
    public init(slots slotCount: Int, of slotLength: Span) {
        self.slotCount = slotCount
        self.slotLength = slotLength
        entries = Array(repeating: Entry(number: .min, value: Slot()), count: slotCount)
    }

    /// Changes the slot that contains an instant.
    public mutating func update(at instant: MonotonicTime, _ change: (inout Slot) -> Void) {
        let number = slotNumber(at: instant)
        let position = position(of: number)
        if entries[position].number != number { entries[position] = Entry(number: number, value: Slot()) }
        change(&entries[position].value)
    }

    /// Everything in the window that ends at an instant.
    public func merged(at instant: MonotonicTime) -> Slot {
        var sum = Slot()
        for slot in slots(at: instant) {
            if let slot { sum.merge(slot) }
        }
        return sum
    }

    /// The slots of the window that ends at an instant, oldest first; none for a slot in which nothing happened.
    public func slots(at instant: MonotonicTime) -> [Slot?] {
        let newest = slotNumber(at: instant)
        return (0..<slotCount).map { back in
            let number = newest - Int64(slotCount - 1 - back)
            let entry = entries[position(of: number)]
            return entry.number == number ? entry.value : nil
        }
    }

    /// When the slot that lies `back` slots before the newest begins.
    public func start(of instant: MonotonicTime, slotsBack back: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: (slotNumber(at: instant) - Int64(back)) &* slotLength.nanoseconds)
    }

    private func slotNumber(at instant: MonotonicTime) -> Int64 {
        let (quotient, remainder) = instant.nanoseconds.quotientAndRemainder(dividingBy: slotLength.nanoseconds)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private func position(of number: Int64) -> Int {
        let remainder = Int(number % Int64(slotCount))
        return remainder < 0 ? remainder + slotCount : remainder
    }
}
