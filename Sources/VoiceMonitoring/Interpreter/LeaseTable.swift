/// Live things by their key, each with a lease that events about it renew.
///
/// Entries stand in the order of their last renewal. A full table gives up the one renewed longest ago, so memory is
/// bounded whatever arrives. Every operation takes constant time.
struct LeaseTable<Key: Hashable & Codable & Sendable, Value: Codable & Sendable>: Codable, Sendable {
    private struct Node: Codable, Sendable {
        var key: Key
        var value: Value
        var renewed: MonotonicTime
        var older: Int32
        var newer: Int32
    }

    let capacity: Int
    let lease: Span
    private var positions: [Key: Int32] = [:]
    private var nodes: [Node] = []
    private var oldest: Int32 = -1
    private var newest: Int32 = -1

    init(capacity: Int, lease: Span) {
        self.capacity = capacity
        self.lease = lease
    }

    var count: Int { positions.count }

    subscript(key: Key) -> Value? {
        positions[key].map { nodes[Int($0)].value }
    }

    /// Every entry, in no order.
    var entries: some Sequence<(key: Key, value: Value)> {
        nodes.lazy.map { ($0.key, $0.value) }
    }

    /// Every entry, the one renewed last first.
    var newestFirst: some Sequence<(key: Key, value: Value)> {
        sequence(state: newest) { next -> (key: Key, value: Value)? in
            guard next >= 0 else { return nil }
            let node = nodes[Int(next)]
            next = node.older
            return (node.key, node.value)
        }
    }

    /// Changes an entry and renews its lease. Returns what `change` returns; none where there is no such entry.
    mutating func renew<Result>(
        _ key: Key, at now: MonotonicTime, _ change: (inout Value) -> Result
    ) -> Result? {
        guard let position = positions[key] else { return nil }
        unlink(position)
        nodes[Int(position)].renewed = now
        link(position)
        return change(&nodes[Int(position)].value)
    }

    /// Changes an entry and leaves its lease as it is.
    mutating func change<Result>(_ key: Key, _ change: (inout Value) -> Result) -> Result? {
        positions[key].map { change(&nodes[Int($0)].value) }
    }

    /// Adds an entry under a key that the table does not hold. Returns the entry that had to go for it, if one had.
    mutating func insert(_ value: Value, for key: Key, at now: MonotonicTime) -> (key: Key, value: Value)? {
        // Room for all at once costs nothing before it is used, and growing by doubling would cost twice.
        if nodes.isEmpty { nodes.reserveCapacity(capacity) }
        let evicted = count >= capacity ? removeOldest() : nil
        let position = Int32(nodes.count)
        nodes.append(Node(key: key, value: value, renewed: now, older: -1, newer: -1))
        positions[key] = position
        link(position)
        return evicted
    }

    mutating func removeAll() {
        self = LeaseTable(capacity: capacity, lease: lease)
    }

    mutating func remove(_ key: Key) -> Value? {
        guard let position = positions.removeValue(forKey: key) else { return nil }
        unlink(position)
        let value = nodes[Int(position)].value
        fillHole(at: position)
        return value
    }

    /// Removes and returns the entry whose lease ran out first; none where every lease still runs.
    mutating func removeExpired(at now: MonotonicTime) -> (key: Key, value: Value)? {
        guard oldest >= 0, nodes[Int(oldest)].renewed.advanced(by: lease) <= now else { return nil }
        return removeOldest()
    }

    private mutating func removeOldest() -> (key: Key, value: Value)? {
        guard oldest >= 0 else { return nil }
        let key = nodes[Int(oldest)].key
        return remove(key).map { (key, $0) }
    }

    /// Appends a node at the newest end of the order.
    private mutating func link(_ position: Int32) {
        nodes[Int(position)].older = newest
        nodes[Int(position)].newer = -1
        if newest >= 0 { nodes[Int(newest)].newer = position } else { oldest = position }
        newest = position
    }

    private mutating func unlink(_ position: Int32) {
        let (older, newer) = (nodes[Int(position)].older, nodes[Int(position)].newer)
        if older >= 0 { nodes[Int(older)].newer = newer } else { oldest = newer }
        if newer >= 0 { nodes[Int(newer)].older = older } else { newest = older }
    }

    /// Moves the last node into a place that became free.
    private mutating func fillHole(at position: Int32) {
        guard let last = nodes.popLast(), Int(position) < nodes.count else { return }
        nodes[Int(position)] = last
        positions[last.key] = position
        if last.older >= 0 { nodes[Int(last.older)].newer = position } else { oldest = position }
        if last.newer >= 0 { nodes[Int(last.newer)].older = position } else { newest = position }
    }
}
