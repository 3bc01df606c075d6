/// The bounds of classic buckets, prepared once for the two things that are done with them all the time: finding the
/// bucket of a value, and printing the bounds.
final class BucketLayout: @unchecked Sendable {
    /// The upper bounds, finite and strictly ascending.
    let bounds: [Double]

    /// The bounds, and infinity up to the end of the last block.
    private let search: UnsafeMutablePointer<SIMD2<Double>>
    /// The last bound of each block; in blocks of their own.
    private let blockEnds: UnsafeMutablePointer<SIMD2<Double>>
    private let blockCount: Int

    /// `le="0.5"} ` for each bound and for infinity, one after the other.
    private let text: UnsafeMutablePointer<UInt8>
    /// Where the text of each bound begins, and where the last ends.
    private let textEnds: [Int]

    /// Bounds in a block. All are compared, since a branch that cannot be foreseen costs more than that.
    private static let blockSize = 16

    init(_ bounds: [Double]) {
        self.bounds = bounds
        blockCount = max(1, (bounds.count + Self.blockSize - 1) / Self.blockSize)
        let padding = repeatElement(Double.infinity, count: blockCount * Self.blockSize - bounds.count)
        let padded = bounds + padding
        search = Self.pairs(padded)
        let ends = (1...blockCount).map { padded[$0 * Self.blockSize - 1] }
        blockEnds = Self.pairs(ends + repeatElement(.infinity, count: ends.count % 2))

        var text: [UInt8] = []
        var textEnds = [0]
        for bound in bounds + [.infinity] {
            text.append(contentsOf: #"le=""#.utf8)
            NumberText.appendBound(bound, to: &text)
            text.append(contentsOf: "\"} ".utf8)
            textEnds.append(text.count)
        }
        self.text = .allocate(capacity: text.count)
        self.text.initialize(from: text, count: text.count)
        self.textEnds = textEnds
    }

    deinit {
        search.deallocate()
        blockEnds.deallocate()
        text.deallocate()
    }

    private static func pairs(_ values: [Double]) -> UnsafeMutablePointer<SIMD2<Double>> {
        let pairs = UnsafeMutablePointer<SIMD2<Double>>.allocate(capacity: values.count / 2)
        for index in 0..<values.count / 2 {
            (pairs + index).initialize(to: SIMD2(values[2 * index], values[2 * index + 1]))
        }
        return pairs
    }

    /// The number of buckets, that up to infinity included.
    var bucketCount: Int { bounds.count + 1 }

    /// The first bucket whose bound is not below a value, which must be a number.
    func bucket(of value: Double) -> Int {
        if blockCount == 1 {
            return Self.countBelow(value, search, Self.blockSize / 2)
        }
        let block = min(Self.countBelow(value, blockEnds, (blockCount + 1) / 2), blockCount - 1)
        let start = block * Self.blockSize
        return start + Self.countBelow(value, search + start / 2, Self.blockSize / 2)
    }

    private static func countBelow(_ value: Double, _ bounds: UnsafeMutablePointer<SIMD2<Double>>, _ pairs: Int) -> Int
    {
        let values = SIMD2(repeating: value)
        var counts = SIMD2<Int64>.zero
        for pair in 0..<pairs {
            // A comparison that holds is minus one.
            counts &-= unsafeBitCast(values .> bounds[pair], to: SIMD2<Int64>.self)
        }
        return Int(counts[0] &+ counts[1])
    }

    /// `le="0.5"} `, for the bucket's bound.
    func text(ofBucket bucket: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + textEnds[bucket], count: textEnds[bucket + 1] - textEnds[bucket])
    }

    /// The bytes of all texts together.
    var textLength: Int { textEnds[bucketCount] }
}
