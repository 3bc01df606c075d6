/// Exponential buckets between the lowest and the highest that counted something, without gaps.
///
/// Memory is that of the buckets in between.
struct BucketRun<Count: FixedWidthInteger & Codable & Sendable>: Codable, Equatable, Sendable {
    /// The index of the first bucket.
    private(set) var offset = 0
    private(set) var counts: [Count] = []

    mutating func add(_ observations: Count, toBucket index: Int) {
        reach(index)
        counts[index - offset] &+= observations
    }

    mutating func add<Other>(_ other: BucketRun<Other>) {
        guard !other.counts.isEmpty else { return }
        reach(other.offset)
        reach(other.offset + other.counts.count - 1)
        for (position, observations) in other.counts.enumerated() where observations > 0 {
            add(Count(truncatingIfNeeded: observations), toBucket: other.offset + position)
        }
    }

    /// The buckets there would be if this index had one, too.
    func count(reaching index: Int) -> Int {
        guard !counts.isEmpty else { return 1 }
        return max(offset + counts.count, index + 1) - min(offset, index)
    }

    /// Makes one bucket out of each two, as the next coarser schema has them.
    mutating func halve() {
        var halved = BucketRun()
        for (position, observations) in counts.enumerated() where observations > 0 {
            halved.add(observations, toBucket: ExponentialBuckets.coarser(offset + position, by: 1))
        }
        self = halved
    }

    /// Widens the buckets until they hold this index.
    private mutating func reach(_ index: Int) {
        if counts.isEmpty {
            offset = index
            counts = [0]
        } else if index < offset {
            counts.insert(contentsOf: repeatElement(0, count: offset - index), at: 0)
            offset = index
        } else if index >= offset + counts.count {
            counts.append(contentsOf: repeatElement(0, count: index - offset - counts.count + 1))
        }
    }
}

extension BucketRun {
    /// The stretches of buckets that counted something, by their indices. One or two empty buckets in between belong to
    /// a stretch, since they cost no more than the beginning of another one.
    var spans: [Range<Int>] {
        var spans: [Range<Int>] = []
        for (position, observations) in counts.enumerated() where observations > 0 {
            let index = offset + position
            if let last = spans.last, index - last.upperBound <= 2 {
                spans[spans.count - 1] = last.lowerBound..<index + 1
            } else {
                spans.append(index..<index + 1)
            }
        }
        return spans
    }
}
