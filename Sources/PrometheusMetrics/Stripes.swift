import Synchronization

/// Memory in which each thread has a place of its own, once threads compete for the one place that all begin with.
///
/// Which thread uses which place is a question of speed only; two threads may well share one.
struct Stripes: ~Copyable, Sendable {
    /// The places, a power of two.
    static let count = 8

    /// The distance between two places is a multiple of this: two cache lines, since processors fetch them in pairs.
    static let alignment = 128

    /// The stripe of the thread that was last, or the address of the places once there are any: an atomic addition and
    /// one comparison are all that a lone thread pays for.
    private let owner = Atomic<UInt>(0)
    private let contention = Contention()

    init() {}

    deinit { places?.deallocate() }

    /// Where a thread is to count.
    enum Turn {
        /// In the one place that all threads share; this one was there last, too.
        case shared
        /// In the place at this address, of its own.
        case own(UnsafeMutableRawPointer)
        /// Another thread was in the shared place last; see `change(to:size:_:)`.
        case changed(stripe: UInt)
    }

    /// Where the calling thread is to count, with places of `size` bytes.
    @inline(__always)
    func turn(size: Int) -> Turn {
        let stripe = Self.current
        let owner = owner.load(ordering: .acquiring)
        if owner == stripe { return .shared }
        guard owner >= Self.count, let places = UnsafeMutableRawPointer(bitPattern: owner) else {
            return .changed(stripe: stripe)
        }
        return .own(places + Int(stripe) &* size)
    }

    /// Notes that another thread comes to the shared place. Its own place, where they come so often that each gets one.
    ///
    /// - Parameters:
    ///   - size: bytes of a place, a multiple of `alignment`; always the same.
    ///   - initialize: fills a place before anybody sees it.
    func change(
        to stripe: UInt, size: Int, _ initialize: (UnsafeMutableRawPointer) -> Void
    ) -> UnsafeMutableRawPointer? {
        if contention.isHigh() { return split(size: size, initialize) + Int(stripe) * size }
        let last = owner.load(ordering: .relaxed)
        // Another thread may have split it in the meantime, and that must stay.
        if last < Self.count { _ = owner.compareExchange(expected: last, desired: stripe, ordering: .relaxed) }
        return nil
    }

    /// All places; none before threads competed.
    var places: UnsafeMutableRawPointer? {
        let address = owner.load(ordering: .acquiring)
        return address < Self.count ? nil : UnsafeMutableRawPointer(bitPattern: address)
    }

    /// Makes places for all threads, however seldom they compete, and returns them.
    func split(size: Int, _ initialize: (UnsafeMutableRawPointer) -> Void) -> UnsafeMutableRawPointer {
        if let places { return places }
        let new = UnsafeMutableRawPointer.allocate(byteCount: size * Self.count, alignment: Self.alignment)
        for stripe in 0..<Self.count { initialize(new + stripe * size) }
        var last = owner.load(ordering: .relaxed)
        while last < Self.count {
            let (exchanged, original) = owner.compareExchange(
                expected: last, desired: UInt(bitPattern: new), ordering: .acquiringAndReleasing)
            if exchanged { return new }
            last = original
        }
        new.deallocate()
        return places ?? new
    }

    /// The stripe of the calling thread, from 0 to `count - 1`.
    ///
    /// It comes from the address of the thread's stack, which costs less than a thread-local variable. Stacks lie next
    /// to each other, half a megabyte to eight megabytes apart; the sum of three shifts takes neighbours of each of
    /// these sizes to different stripes.
    static var current: UInt {
        _withUnprotectedUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { place in
            let address = UInt(bitPattern: place.baseAddress)
            return ((address &>> 19) &+ (address &>> 21) &+ (address &>> 23)) & UInt(count - 1)
        }
    }
}
