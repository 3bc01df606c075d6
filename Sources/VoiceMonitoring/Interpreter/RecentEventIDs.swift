import DequeModule

/// The ids of recent events, so that an event that is sent again counts once.
///
/// Ids are kept as 128-bit digests. A full memory forgets the oldest id first.
struct RecentEventIDs: Codable, Sendable {
    private struct Entry: Codable, Sendable {
        var digest: Digest
        var received: MonotonicTime
    }

    let capacity: Int
    let window: Span
    private let hash: SipHash
    private var known: Set<Digest> = []
    /// Oldest first.
    private var order: Deque<Entry> = []

    init(capacity: Int, window: Span, hash: SipHash) {
        self.capacity = capacity
        self.window = window
        self.hash = hash
    }

    /// Whether the id is new, in which case it is remembered from now on, and whether another had to go for it.
    mutating func insert(_ id: String, at now: MonotonicTime) -> (isNew: Bool, evicted: Bool) {
        while let oldest = order.first, oldest.received.advanced(by: window) <= now {
            forgetOldest()
        }
        // Room for all at once costs nothing before it is used, and growing by doubling would cost twice.
        if order.isEmpty {
            known.reserveCapacity(capacity)
            order.reserveCapacity(capacity)
        }
        let digest = hash.digest(id)
        guard known.insert(digest).inserted else { return (false, false) }
        let evicted = order.count >= capacity
        if evicted { forgetOldest() }
        order.append(Entry(digest: digest, received: now))
        return (true, evicted)
    }

    mutating func forgetAll() {
        known = []
        order = []
    }

    private mutating func forgetOldest() {
        known.remove(order.removeFirst().digest)
    }
}
