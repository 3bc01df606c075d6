/// The ids of sessions, calls or tasks that ended, so that what comes late about them does not begin them again.
///
/// Ids are kept as 128-bit digests, each with its lease.
struct EndedIDs: Codable, Sendable {
    /// How a thing ended.
    enum Ending: Codable {
        /// Somebody told its end.
        case told
        /// Nothing was heard of it for the length of its lease.
        case lost
    }

    private var endings: LeaseTable<Digest, Ending>
    private let hash: SipHash

    init(capacity: Int, lease: Span, hash: SipHash) {
        endings = LeaseTable(capacity: capacity, lease: lease)
        self.hash = hash
    }

    subscript(id: String) -> Ending? {
        endings.count == 0 ? nil : endings[hash.digest(id)]
    }

    /// Remembers an end, for the length of the lease from now on. Whether another had to be forgotten for it.
    mutating func remember(_ id: String, as ending: Ending = .told, at now: MonotonicTime) -> Bool {
        endings.update(hash.digest(id), at: now, orInsert: ending) { $0 = ending }.evicted != nil
    }

    mutating func forget(_ id: String) {
        _ = endings.remove(hash.digest(id))
    }

    mutating func forgetExpired(at now: MonotonicTime) {
        while endings.removeExpired(at: now) != nil {}
    }

    mutating func forgetAll() {
        endings.removeAll()
    }
}
