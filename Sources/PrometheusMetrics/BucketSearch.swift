/// The bounds of classic buckets in the order in which the bucket of a value is found: sixteen in a block, the first
/// block whose last bound is not below the value, and in it the first such bound.
///
/// Whoever makes one deallocates it, when no copy is used any more.
struct BucketSearch: @unchecked Sendable {
    /// The bounds, and infinity up to the end of the last block.
    private let bounds: UnsafeMutablePointer<SIMD2<Double>>
    /// The last bound of each block, and infinity up to a multiple of four.
    private let blockEnds: UnsafeMutablePointer<SIMD2<Double>>
    private let blockCount: Int

    /// Bounds in a block. All are compared, since a branch that cannot be foreseen costs more than that.
    private static let blockSize = 16

    /// - Parameter bounds: finite and strictly ascending.
    init(_ bounds: [Double]) {
        blockCount = max(1, (bounds.count + Self.blockSize - 1) / Self.blockSize)
        let padded = Self.padded(bounds, toMultipleOf: Self.blockSize)
        self.bounds = Self.pairs(padded)
        let ends = (1...blockCount).map { padded[$0 * Self.blockSize - 1] }
        blockEnds = Self.pairs(Self.padded(ends, toMultipleOf: 4))
    }

    func deallocate() {
        bounds.deallocate()
        blockEnds.deallocate()
    }

    private static func padded(_ values: [Double], toMultipleOf size: Int) -> [Double] {
        let count = max(1, (values.count + size - 1) / size) * size
        return values + repeatElement(.infinity, count: count - values.count)
    }

    private static func pairs(_ values: [Double]) -> UnsafeMutablePointer<SIMD2<Double>> {
        let pairs = UnsafeMutablePointer<SIMD2<Double>>.allocate(capacity: values.count / 2)
        for index in 0..<values.count / 2 {
            (pairs + index).initialize(to: SIMD2(values[2 * index], values[2 * index + 1]))
        }
        return pairs
    }

    /// The first bucket whose bound is not below a value, which must be a number.
    @inline(__always)
    func bucket(of value: Double) -> Int {
        var start = 0
        if blockCount > 1 {
            let block = min(Self.countBelow(value, blockEnds, (blockCount &+ 3) >> 2), blockCount &- 1)
            start = block &* Self.blockSize
        }
        return start &+ Self.countBelow(value, bounds + start >> 1, Self.blockSize / 4)
    }

    /// How many of some ascending bounds are below a value.
    ///
    /// - Parameter quadruples: the bounds, divided by four.
    @inline(__always)
    private static func countBelow(
        _ value: Double, _ bounds: UnsafeMutablePointer<SIMD2<Double>>, _ quadruples: Int
    ) -> Int {
        let values = SIMD2(repeating: value)
        // Two counts, since each addition to one waits for the last.
        var counts = (SIMD2<Int64>.zero, SIMD2<Int64>.zero)
        for quadruple in 0..<quadruples {
            let pair = bounds + quadruple &* 2
            // A comparison that holds is minus one.
            counts.0 &-= unsafeBitCast(values .> pair[0], to: SIMD2<Int64>.self)
            counts.1 &-= unsafeBitCast(values .> pair[1], to: SIMD2<Int64>.self)
        }
        let count = counts.0 &+ counts.1
        return Int(count[0] &+ count[1])
    }
}
