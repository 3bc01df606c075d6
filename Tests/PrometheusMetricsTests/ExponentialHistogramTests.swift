import TestSupport
import Testing

@testable import PrometheusMetrics

struct ExponentialHistogramTests {
    enum Sample: CaseIterable, Sendable {
        case uniform, uniformAboveThousand, skewed, integers, constant, sometimesZero, mostlyZero, onlyZeros
        case twoFarApart, wholeRange, large

        var values: [Double] {
            var generator = SeededGenerator(seed: 5)
            switch self {
            case .uniform: return (0..<2_000).map { _ in .random(in: 0.001...5, using: &generator) }
            case .uniformAboveThousand: return (0..<777).map { _ in .random(in: 1000...1100, using: &generator) }
            case .skewed: return (0..<5_000).map { _ in Sample.skewed(&generator) }
            case .integers: return (0..<1_000).map { _ in Double(Int.random(in: 1...300, using: &generator)) }
            case .constant: return Array(repeating: 0.35, count: 100)
            case .sometimesZero: return (0..<1_000).map { $0 % 10 == 0 ? 0 : .random(in: 0.1...2, using: &generator) }
            case .mostlyZero: return (0..<1_000).map { $0 % 10 != 0 ? 0 : .random(in: 0.1...2, using: &generator) }
            case .onlyZeros: return Array(repeating: 0, count: 10)
            case .twoFarApart: return Array(repeating: 0.001, count: 95) + Array(repeating: 1000, count: 5)
            case .wholeRange:
                return (-20...40).map { Double(sign: .plus, exponent: $0, significand: 1) }.shuffled(using: &generator)
            case .large: return (0..<100_000).map { _ in Sample.skewed(&generator) }
            }
        }

        /// A product of many independent factors, whose logarithm is close to normal.
        private static func skewed(_ generator: inout SeededGenerator) -> Double {
            (0..<12).reduce(0.1) { product, _ in product * Double.random(in: 0.4...2, using: &generator) }
        }
    }

    private func histogram(of values: some Sequence<Double>) -> ExponentialHistogram {
        var histogram = ExponentialHistogram()
        for value in values { histogram.observe(value) }
        return histogram
    }

    @Test func `an empty histogram knows nothing`() {
        let empty = ExponentialHistogram()
        #expect(empty.count == 0)
        #expect(empty.sum == 0)
        #expect(empty.min == nil)
        #expect(empty.max == nil)
        #expect(empty.mean == nil)
        #expect(empty.percentile(50) == nil)
    }

    @Test(arguments: Sample.allCases)
    func `count, sum, smallest, largest and mean are exact`(sample: Sample) throws {
        let values = sample.values
        let histogram = histogram(of: values)
        let sum = values.reduce(0, +)
        #expect(histogram.count == values.count)
        #expect(histogram.sum == sum)
        #expect(histogram.min == values.min())
        #expect(histogram.max == values.max())
        #expect(histogram.mean == sum / Double(values.count))
    }

    @Test(arguments: Sample.allCases)
    func `every percentile is within the promised error of the exact nearest rank`(sample: Sample) throws {
        let values = sample.values
        let sorted = values.sorted()
        let histogram = histogram(of: values)
        let wrong = try (0...100).compactMap { percent -> String? in
            let rank = max(1, (Double(percent * sorted.count) / 100).rounded(.up))
            let exact = sorted[Int(rank) - 1]
            let estimate = try #require(histogram.percentile(percent))
            // The documentation promises 0.55 %.
            return (estimate - exact).magnitude <= exact * 0.0055 ? nil : "p\(percent): \(estimate), exact \(exact)"
        }
        #expect(wrong == [])
    }

    private static let tiny: [([Double], [Int: Double])] = [
        ([7], [0: 7, 1: 7, 50: 7, 99: 7, 100: 7]),
        ([1, 2], [0: 1, 1: 1, 50: 1, 51: 2, 99: 2, 100: 2]),
        ([1, 3], [50: 1, 51: 3]),
        ([0, 5], [0: 0, 50: 0, 51: 5, 100: 5]),
        ([0], [0: 0, 50: 0, 100: 0]),
        ([10, 10, 30], [0: 10, 33: 10, 67: 30, 100: 30]),
        ([4, 4, 4], [0: 4, 33: 4, 34: 4, 50: 4, 67: 4, 100: 4]),
    ]

    @Test(arguments: tiny)
    func `the percentiles of a few observations are observations`(values: [Double], percentiles: [Int: Double]) {
        let histogram = histogram(of: values)
        for (percent, expected) in percentiles { #expect(histogram.percentile(percent) == expected) }
    }

    @Test func `the middle one of three observations is known to within the promised error`() throws {
        let median = try #require(histogram(of: [1, 17.3, 1000]).percentile(50))
        #expect((17.3 * 0.9945...17.3 * 1.0055).contains(median))
    }

    @Test func `a percent outside the scale is its nearest end`() {
        let histogram = histogram(of: [1, 2, 3])
        #expect([-1, Int(Int32.min)].map(histogram.percentile) == [1, 1])
        #expect([101, Int(Int32.max)].map(histogram.percentile) == [3, 3])
    }

    @Test(arguments: [
        [5e-7, 6e-7, 7e-7, 8e-7], [9e-7, 9e-7, 1, 2], [0, 9e-7, 1], [1e-300, .leastNonzeroMagnitude, 3],
    ])
    func `percentiles of tiny observations rise and stay between the smallest and the largest`(values: [Double]) throws
    {
        let histogram = histogram(of: values)
        let percentiles = try (0...100).map { try #require(histogram.percentile($0)) }
        #expect(percentiles == percentiles.sorted())
        #expect(percentiles.min() == values.min())
        #expect(percentiles.max() == values.max())
    }

    private static let refused: [Double] = [
        -1, -.leastNonzeroMagnitude, -.greatestFiniteMagnitude, .nan, -.nan, .signalingNaN, .infinity, -.infinity,
        0x1p40.nextUp,
        0x1p41,
        .greatestFiniteMagnitude,
    ]

    @Test(arguments: refused)
    func `what is negative, not finite or too large is not observed`(value: Double) {
        #expect(histogram(of: [value]) == ExponentialHistogram())
        #expect(histogram(of: [1, value, 2]) == histogram(of: [1, 2]))
    }

    @Test func `the ends of the range are observed`() {
        let histogram = histogram(of: [0, -0.0, .leastNonzeroMagnitude, 0x1p-20.nextDown, 0x1p-20, 0x1p40])
        #expect(histogram.count == 6)
        #expect(histogram.min == 0)
        #expect(histogram.max == 0x1p40)
        #expect(histogram.percentile(100) == 0x1p40)
    }

    private struct Stored: Decodable {
        struct Run: Decodable {
            var counts: [UInt32]
        }

        var buckets: Run
    }

    @Test func `no observations make it larger than the range allows`() throws {
        var generator = SeededGenerator(seed: 6)
        let anything = (0..<100_000).map { _ in Double(bitPattern: generator.next()) }
        let histogram = histogram(of: [0x1p-20, 0x1p40] + anything)
        let stored = try decoded(Stored.self, fromJSON: encodedAsJSON(histogram))
        // 60 doublings of 64 buckets, and the one that ends at 2^-20.
        #expect(stored.buckets.counts.count == 3841)
    }

    // Sums of integers are exact in any order, so that the parts' sum equals that of the whole.
    private static let whole = (0..<4_000).map { Double(($0 * 7919) % 4001) }
    private static let splits: [[[Double]]] = [
        [whole],
        [[], whole, []],
        (0..<7).map { part in whole.enumerated().filter { $0.offset % 7 == part }.map(\.element) },
        [whole.filter { $0 < 100 }, whole.filter { $0 > 2000 }, whole.filter { (100...2000).contains($0) }],
        [whole.filter { $0 > 0 }, whole.filter { $0 == 0 }],
        [whole.filter { $0 == 0 }, whole.filter { $0 > 0 }],
        whole.prefix(50).map { [$0] } + [Array(whole.dropFirst(50))],
    ]

    @Test(arguments: splits)
    func `the merged parts equal the whole`(parts: [[Double]]) {
        let merged = parts.reduce(into: ExponentialHistogram()) { $0.merge(histogram(of: $1)) }
        #expect(merged == histogram(of: Self.whole))
    }

    @Test func `an empty histogram changes nothing when merged, and merged with something becomes it`() {
        let some = histogram(of: [0, 0.5, 3])
        var merged = some
        merged.merge(ExponentialHistogram())
        #expect(merged == some)
        var empty = ExponentialHistogram()
        empty.merge(some)
        #expect(empty == some)
        empty.merge(empty)
        #expect(empty == histogram(of: [0, 0, 0.5, 0.5, 3, 3]))
    }

    @Test(arguments: [[], [0], [0.001, 0.35, 0.35, 12, 4000], [0x1p-20, 0x1p40]] as [[Double]])
    func `a histogram survives JSON and observes on`(values: [Double]) throws {
        let original = histogram(of: values)
        var copy = try throughJSON(original)
        #expect(copy == original)
        copy.observe(0.01)
        #expect(copy == histogram(of: values + [0.01]))
    }
}
