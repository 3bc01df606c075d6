public import Synchronization

/// Where values were found that took the same bytes in memory: a guess, which whoever asks has to confirm.
///
/// Thread safe; 4 KiB once something was noted, however much that is.
@usableFromInline
struct RecentLookups: ~Copyable, @unchecked Sendable {
    /// Pairs of a fingerprint and what was found for it; none until something was noted.
    @usableFromInline let pairs = Atomic<UnsafeMutablePointer<Atomic<Int>>?>(nil)

    @usableFromInline static let pairCount = 256
    /// The pairs in which a fingerprint may stand.
    @usableFromInline static let probes = 4

    init() {}

    deinit { pairs.load(ordering: .relaxed)?.deallocate() }

    /// A number made of the bytes that a value takes in memory. Equal values may have different ones.
    @inlinable
    static func fingerprint<Value>(_ value: Value) -> Int {
        withUnsafeBytes(of: value) { bytes in
            var mixed: UInt64 = 1
            for word in 0..<bytes.count / 8 {
                mixed = (mixed ^ bytes.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)) &* multiplier
                mixed ^= mixed &>> 32
            }
            for position in bytes.count / 8 * 8..<bytes.count {
                mixed = (mixed ^ UInt64(bytes[position])) &* multiplier
                mixed ^= mixed &>> 32
            }
            return Int(truncatingIfNeeded: mixed)
        }
    }

    /// 2^64 divided by the golden ratio, which spreads what is multiplied by it.
    @usableFromInline static var multiplier: UInt64 { 0x9E37_79B9_7F4A_7C15 }

    /// What was found for a fingerprint; zero where nothing is known.
    @inlinable
    subscript(fingerprint: Int) -> Int {
        guard let pairs = pairs.load(ordering: .acquiring) else { return 0 }
        for probe in 0..<Self.probes {
            let pair = pairs + Self.position(fingerprint, probe)
            if pair[0].load(ordering: .relaxed) == fingerprint { return pair[1].load(ordering: .acquiring) }
        }
        return 0
    }

    @inlinable
    static func position(_ fingerprint: Int, _ probe: Int) -> Int {
        ((fingerprint &+ probe) & (pairCount &- 1)) &* 2
    }

    /// Notes what was found for a fingerprint.
    func note(_ found: Int, for fingerprint: Int) {
        let pairs = pairs.load(ordering: .acquiring) ?? makePairs()
        var position = Self.position(fingerprint, 0)
        for probe in 0..<Self.probes {
            let candidate = Self.position(fingerprint, probe)
            if pairs[candidate + 1].load(ordering: .relaxed) == 0 {
                position = candidate
                break
            }
        }
        // Another thread may note something else here between the two, and then the pair is a wrong guess.
        pairs[position + 1].store(found, ordering: .releasing)
        pairs[position].store(fingerprint, ordering: .relaxed)
    }

    private func makePairs() -> UnsafeMutablePointer<Atomic<Int>> {
        let new = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: 2 * Self.pairCount)
        for index in 0..<2 * Self.pairCount { (new + index).initialize(to: Atomic(0)) }
        let (exchanged, original) = pairs.compareExchange(
            expected: nil, desired: new, ordering: .acquiringAndReleasing)
        guard !exchanged, let original else { return new }
        new.deallocate()
        return original
    }
}
