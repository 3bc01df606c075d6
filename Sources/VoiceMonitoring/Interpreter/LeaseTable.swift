/// Live things by their key, each with a lease that events about it renew.
///
/// Entries stand in the order of their last renewal. A full table gives up the one renewed longest ago, so memory is
/// bounded whatever arrives. Every operation takes constant time.
struct LeaseTable<Key: Hashable & Codable & Sendable, Value: Codable & Sendable>: Sendable {
    private struct Node: Sendable {
        var key: Key
        var value: Value
        var renewed: MonotonicTime
        var older: Int32
        var newer: Int32
    }

    let capacity: Int
    let lease: Span
    /// None before the first entry.
    private var positions: PositionIndex?
    private var nodes: [Node] = []
    private var oldest: Int32 = -1
    private var newest: Int32 = -1

    init(capacity: Int, lease: Span) {
        self.capacity = capacity
        self.lease = lease
    }

    var count: Int { nodes.count }

    subscript(key: Key) -> Value? {
        position(of: key).map { nodes[$0].value }
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
        guard let position = position(of: key) else { return nil }
        unlink(position)
        nodes[position].renewed = now
        link(position)
        return change(&nodes[position].value)
    }

    /// Changes an entry and leaves its lease as it is.
    mutating func change<Result>(_ key: Key, _ change: (inout Value) -> Result) -> Result? {
        position(of: key).map { change(&nodes[$0].value) }
    }

    /// Changes an entry and renews its lease; an unknown one is made first. Returns what `change` returns, and the
    /// entry that had to go for a new one, if one had.
    mutating func update<Result>(
        _ key: Key, at now: MonotonicTime, orInsert make: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> (result: Result, evicted: (key: Key, value: Value)?) {
        if let result = renew(key, at: now, change) { return (result, nil) }
        var value = make()
        let result = change(&value)
        return (result, insert(value, for: key, at: now))
    }

    /// Adds an entry under a key that the table does not hold. Returns the entry that had to go for it, if one had.
    mutating func insert(_ value: Value, for key: Key, at now: MonotonicTime) -> (key: Key, value: Value)? {
        // Room for all at once costs nothing before it is used, and growing by doubling would cost twice.
        if nodes.isEmpty { nodes.reserveCapacity(capacity) }
        let evicted = count >= capacity ? removeOldest() : nil
        let position = nodes.count
        nodes.append(Node(key: key, value: value, renewed: now, older: -1, newer: -1))
        if positions == nil { positions = PositionIndex(capacity: capacity) }
        positions?.insert(position, hash: key.hashValue)
        link(position)
        return evicted
    }

    mutating func removeAll() {
        self = LeaseTable(capacity: capacity, lease: lease)
    }

    mutating func remove(_ key: Key) -> Value? {
        guard let position = position(of: key) else { return nil }
        forget(position)
        unlink(position)
        let value = nodes[position].value
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

    private func position(of key: Key) -> Int? {
        guard let positions else { return nil }
        return positions.position(hash: key.hashValue) { nodes[$0].key == key }
    }

    private mutating func forget(_ position: Int) {
        // The closure may not look at what is being changed.
        let nodes = nodes
        positions?.remove(position, hash: nodes[position].key.hashValue) { nodes[$0].key.hashValue }
    }

    /// Appends a node at the newest end of the order.
    private mutating func link(_ position: Int) {
        nodes[position].older = newest
        nodes[position].newer = -1
        if newest >= 0 { nodes[Int(newest)].newer = Int32(position) } else { oldest = Int32(position) }
        newest = Int32(position)
    }

    private mutating func unlink(_ position: Int) {
        let (older, newer) = (nodes[position].older, nodes[position].newer)
        if older >= 0 { nodes[Int(older)].newer = newer } else { oldest = newer }
        if newer >= 0 { nodes[Int(newer)].older = older } else { newest = older }
    }

    /// Moves the last node into a place that became free.
    private mutating func fillHole(at position: Int) {
        guard let last = nodes.popLast(), position < nodes.count else { return }
        positions?.move(nodes.count, to: position, hash: last.key.hashValue)
        nodes[position] = last
        if last.older >= 0 { nodes[Int(last.older)].newer = Int32(position) } else { oldest = Int32(position) }
        if last.newer >= 0 { nodes[Int(last.newer)].older = Int32(position) } else { newest = Int32(position) }
    }
}

extension LeaseTable: Codable {
    private enum CodingKeys: CodingKey {
        case capacity, lease, entries
    }

    private struct Entry: Codable {
        var key: Key
        var value: Value
        var renewed: MonotonicTime
    }

    /// Reads the entries, oldest first. Hashes differ from process to process, so the places are found anew.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            capacity: try container.decode(Int.self, forKey: .capacity),
            lease: try container.decode(Span.self, forKey: .lease))
        for entry in try container.decode([Entry].self, forKey: .entries) {
            _ = remove(entry.key)
            _ = insert(entry.value, for: entry.key, at: entry.renewed)
        }
    }

    /// Writes the entries, oldest first.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(capacity, forKey: .capacity)
        try container.encode(lease, forKey: .lease)
        let newestFirst = sequence(first: newest) { nodes[Int($0)].older }.prefix { $0 >= 0 }
        let oldestFirst = newestFirst.reversed().map { nodes[Int($0)] }
        try container.encode(
            oldestFirst.map { Entry(key: $0.key, value: $0.value, renewed: $0.renewed) }, forKey: .entries)
    }
}
