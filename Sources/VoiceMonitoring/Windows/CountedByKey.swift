import PrometheusMetrics

/// Counts of a slot by a key of a closed list.
struct CountsByKey<Key: Hashable & Codable & Sendable>: WindowSlot {
    private(set) var counts: [Key: Int] = [:]

    mutating func count(_ key: Key, by amount: Int = 1) {
        counts[key, default: 0] += amount
    }

    mutating func merge(_ other: CountsByKey) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    subscript(key: Key) -> Int { counts[key] ?? 0 }

    var total: Int { counts.values.reduce(0, +) }
}

extension CountsByKey where Key: CaseIterable {
    /// The count of every key.
    var all: [Key: Int] {
        Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0, self[$0]) })
    }
}

/// Counts by a key of a closed list, since the start and over a window.
struct CountedByKey<Key: Hashable & Codable & Sendable & CaseIterable>: Codable, Sendable {
    private(set) var total = CountsByKey<Key>()
    private(set) var recent: SlidingWindow<CountsByKey<Key>>

    init(_ recent: SlidingWindow<CountsByKey<Key>> = .lastHour) {
        self.recent = recent
    }

    mutating func count(_ key: Key, at now: MonotonicTime) {
        total.count(key)
        recent.update(at: now) { $0.count(key) }
    }

    /// One counter for every key.
    func counters<Labels: LabelSet>(_ labels: (Key) -> Labels) -> [Labels: CounterValue] {
        Dictionary(uniqueKeysWithValues: Key.allCases.map { (labels($0), CounterValue(UInt64(total[$0]))) })
    }
}
