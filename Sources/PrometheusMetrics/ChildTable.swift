import Synchronization

/// The children of a family by their labels. Whoever looks for a child takes no lock; whoever adds one holds the
/// family's.
///
/// It is a hash table with linear probing, at most half full. Labels and children never move, and a table that was
/// outgrown is kept as long as the family, since somebody may still be reading it: all outgrown tables together are
/// smaller than the last.
@usableFromInline
final class ChildTable<Labels: LabelSet, Child: AnyObject & Sendable>: @unchecked Sendable {
    @usableFromInline
    struct Entry {
        @usableFromInline let hash: Int
        @usableFromInline let labels: Labels
        @usableFromInline let child: Child
        /// When it was created, in Unix time.
        let created: Double?
    }

    /// A mask, and then the slots: each holds the address of an entry, or zero.
    private typealias Slots = UnsafeMutablePointer<Atomic<Int>>

    private let current: Atomic<Slots>
    private var outgrown: [Slots] = []
    /// In the order in which they were added.
    private(set) var entries: [UnsafeMutablePointer<Entry>] = []
    @usableFromInline let recent = RecentLookups()

    init() {
        current = Atomic(Self.makeSlots(count: 8))
    }

    deinit {
        for slots in outgrown + [current.load(ordering: .relaxed)] { slots.deallocate() }
        for entry in entries {
            entry.deinitialize(count: 1)
            entry.deallocate()
        }
    }

    /// The child with these labels. Thread safe.
    @inlinable
    func find(_ labels: Labels) -> Child? {
        // Hashing strings takes most of the time of a look-up. The same bytes in memory are mostly found where they
        // were before, which the comparison of the labels confirms.
        let fingerprint = RecentLookups.fingerprint(labels)
        if let entry = UnsafePointer<Entry>(bitPattern: recent[fingerprint]), entry.pointee.labels == labels {
            return entry.pointee.child
        }
        return find(labels, fingerprint)
    }

    @usableFromInline
    func find(_ labels: Labels, _ fingerprint: Int) -> Child? {
        let slots = current.load(ordering: .acquiring)
        let mask = slots[0].load(ordering: .relaxed)
        let hash = labels.hashValue
        var position = hash & mask
        while let entry = UnsafePointer<Entry>(bitPattern: slots[1 + position].load(ordering: .acquiring)) {
            // Equal hashes are not enough: two label sets may share one.
            if entry.pointee.hash == hash, entry.pointee.labels == labels {
                recent.note(Int(bitPattern: entry), for: fingerprint)
                return entry.pointee.child
            }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Adds a child whose labels are new. Not thread safe: one caller at a time.
    func add(_ child: Child, _ labels: Labels, created: Double?) {
        let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
        entry.initialize(to: Entry(hash: labels.hashValue, labels: labels, child: child, created: created))
        entries.append(entry)
        let slots = current.load(ordering: .relaxed)
        let count = slots[0].load(ordering: .relaxed) + 1
        if entries.count * 2 <= count {
            Self.put(entry, in: slots)
        } else {
            let larger = Self.makeSlots(count: count * 2)
            for entry in entries { Self.put(entry, in: larger) }
            current.store(larger, ordering: .releasing)
            outgrown.append(slots)
        }
    }

    private static func makeSlots(count: Int) -> Slots {
        let slots = Slots.allocate(capacity: count + 1)
        slots.initialize(to: Atomic(count - 1))
        for slot in 1...count { (slots + slot).initialize(to: Atomic(0)) }
        return slots
    }

    private static func put(_ entry: UnsafeMutablePointer<Entry>, in slots: Slots) {
        let mask = slots[0].load(ordering: .relaxed)
        var position = entry.pointee.hash & mask
        while slots[1 + position].load(ordering: .relaxed) != 0 { position = (position + 1) & mask }
        slots[1 + position].store(Int(bitPattern: entry), ordering: .releasing)
    }
}
