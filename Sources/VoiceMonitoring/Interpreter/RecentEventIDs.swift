/// The ids of recent events, so that an event that is sent again counts once.
///
/// Ids are kept as 128-bit digests in a ring. A full ring forgets the oldest id first.
struct RecentEventIDs: Sendable {
    private struct Entry: Codable, Sendable {
        var digest: Digest
        var received: MonotonicTime
    }

    let capacity: Int
    let window: Span
    private let hash: SipHash
    /// None before the first id.
    private var positions: PositionIndex?
    private var ring: [Entry] = []
    /// Where the oldest id stands, and how many there are.
    private var oldest = 0
    private var count = 0

    init(capacity: Int, window: Span, hash: SipHash) {
        self.capacity = capacity
        self.window = window
        self.hash = hash
    }

    /// Whether the id is new, in which case it is remembered from now on, and whether another had to go for it.
    mutating func insert(_ id: String, at now: MonotonicTime) -> (isNew: Bool, evicted: Bool) {
        while count > 0, ring[oldest].received.advanced(by: window) <= now { forgetOldest() }
        let digest = hash.digest(id)
        if isKnown(digest) { return (false, false) }
        let evicted = count >= capacity
        if evicted { forgetOldest() }
        append(Entry(digest: digest, received: now))
        return (true, evicted)
    }

    mutating func forgetAll() {
        self = RecentEventIDs(capacity: capacity, window: window, hash: hash)
    }

    private func isKnown(_ digest: Digest) -> Bool {
        positions?.position(hash: digest.hash) { ring[$0].digest == digest } != nil
    }

    private mutating func append(_ entry: Entry) {
        // Room for all at once costs nothing before it is used, and growing by doubling would cost twice.
        if ring.isEmpty { ring.reserveCapacity(capacity) }
        if positions == nil { positions = PositionIndex(capacity: capacity) }
        let position = (oldest + count) % capacity
        if position == ring.count { ring.append(entry) } else { ring[position] = entry }
        positions?.insert(position, hash: entry.digest.hash)
        count += 1
    }

    private mutating func forgetOldest() {
        // The closure may not look at what is being changed.
        let ring = ring
        positions?.remove(oldest, hash: ring[oldest].digest.hash) { ring[$0].digest.hash }
        oldest = (oldest + 1) % capacity
        count -= 1
    }
}

extension RecentEventIDs: Codable {
    private enum CodingKeys: CodingKey {
        case capacity, window, hash, entries
    }

    /// Reads the ids, oldest first.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            capacity: try container.decode(Int.self, forKey: .capacity),
            window: try container.decode(Span.self, forKey: .window),
            hash: try container.decode(SipHash.self, forKey: .hash))
        for entry in try container.decode([Entry].self, forKey: .entries).suffix(capacity) where !isKnown(entry.digest)
        {
            append(entry)
        }
    }

    /// Writes the ids, oldest first.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(capacity, forKey: .capacity)
        try container.encode(window, forKey: .window)
        try container.encode(hash, forKey: .hash)
        try container.encode((0..<count).map { ring[(oldest + $0) % capacity] }, forKey: .entries)
    }
}

extension Digest {
    /// The digest is a keyed hash already, so a part of it serves as one.
    fileprivate var hash: Int { Int(truncatingIfNeeded: low) }
}
