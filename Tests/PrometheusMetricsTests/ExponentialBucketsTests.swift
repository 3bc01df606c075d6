import TestSupport
import Testing

@testable import PrometheusMetrics

struct ExponentialBucketsTests {
    private static let doublings = Array(-20...40)

    /// The index computed in another way: six squarings raise a significand to its 64th power, whose binary logarithm,
    /// rounded up, counts the buckets. It is exact at powers of two and next to them, and elsewhere off the bounds.
    private func independentIndex(of value: Double) -> Int {
        let power = (0..<6).reduce(value.significand) { power, _ in power * power }
        return Int(value.exponent) * 64 + Int(power.exponent) + (power.significand > 1 ? 1 : 0)
    }

    @Test(arguments: doublings)
    func `a power of two ends its bucket and the next number begins another`(doubling: Int) {
        let power = Double(sign: .plus, exponent: doubling, significand: 1)
        let neighbours = [power.nextDown.nextDown, power.nextDown, power, power.nextUp, power.nextUp.nextUp]
        let indices = neighbours.map(ExponentialBuckets.index)
        #expect(indices == [0, 0, 0, 1, 1].map { doubling * 64 + $0 })
        #expect(indices == neighbours.map(independentIndex))
        #expect(ExponentialBuckets.upperBound(of: doubling * 64) == power)
    }

    // From the table of bounds in Prometheus's client for Go, which begins at one half.
    private static let bounds: [(Int, Double)] = [
        (1, 0.5054446430258502), (2, 0.5109485743270583), (3, 0.5165124395106142), (4, 0.5221368912137069),
        (6, 0.5335702003384117), (8, 0.5452538663326288), (16, 0.5946035575013605), (25, 0.6554806057623822),
        (32, 0.7071067811865475), (48, 0.8408964152537144), (60, 0.9576032806985735),
    ]

    @Test(arguments: bounds)
    func `the bounds between powers of two are those of Prometheus`(bucket: Int, bound: Double) {
        for doubling in [-19, -1, 0, 1, 10, 40] {
            let scaled = bound * Double(sign: .plus, exponent: doubling, significand: 1)
            let index = (doubling - 1) * 64 + bucket
            // The table is rounded, too: its square root of one half is not the nearest number.
            #expect((ExponentialBuckets.upperBound(of: index) - scaled).magnitude <= 2 * scaled.ulp)
            let below = scaled * (1 - 1e-15)
            let above = scaled * (1 + 1e-15)
            #expect([below, above].map(ExponentialBuckets.index) == [index, index + 1])
        }
    }

    @Test func `every bound belongs to its bucket and the next number does not`() {
        let wrong = (-20 * 64...40 * 64).filter { index in
            let bound = ExponentialBuckets.upperBound(of: index)
            return ExponentialBuckets.index(of: bound.nextDown) != index
                || ExponentialBuckets.index(of: bound) != index
                || ExponentialBuckets.index(of: bound.nextUp) != index + 1
                // The independent index is not exact at the bound itself, but it is this close to it.
                || independentIndex(of: bound * (1 - 1e-13)) != index
                || independentIndex(of: bound * (1 + 1e-13)) != index + 1
        }
        #expect(wrong == [])
    }

    @Test func `random values are in the bucket that an independent computation finds`() {
        var generator = SeededGenerator(seed: 7)
        let values = (0..<100_000).map { _ in
            Double(
                sign: .plus, exponent: Int.random(in: -20...39, using: &generator),
                significand: Double.random(in: 1..<2, using: &generator))
        }
        #expect(values.filter { ExponentialBuckets.index(of: $0) != independentIndex(of: $0) } == [])
    }

    @Test func `the middle of a bucket is within the promised error of both its ends`() {
        let wrong = (-20 * 64...40 * 64).filter { index in
            let middle = ExponentialBuckets.middle(of: index)
            let ends = [ExponentialBuckets.upperBound(of: index - 1), ExponentialBuckets.upperBound(of: index)]
            return ends.contains { (middle - $0).magnitude > $0 * 0.0055 } || !(ends[0]...ends[1]).contains(middle)
        }
        #expect(wrong == [])
    }
}
