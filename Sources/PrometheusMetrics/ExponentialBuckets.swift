/// The bucket bounds of schema 6, from which those of the coarser schemas follow.
enum ExponentialBuckets {
    /// The schema.
    static let schema = 6
    /// Values below it are in no bucket of an `ExponentialHistogram`.
    static let smallest = 0x1p-20
    /// Values above it are not observed by an `ExponentialHistogram`.
    static let largest = 0x1p40

    private static let perDoubling = 64

    /// 2^(k/64) for k from 0 to 63, from repeated square roots of 2, which are correctly rounded.
    private static let fractions: [Double] = {
        let roots = sequence(first: 2.0.squareRoot()) { $0.squareRoot() }.prefix(6)
        return (0..<perDoubling).map { k in
            zip(roots, [32, 16, 8, 4, 2, 1]).reduce(1.0) { k & $1.1 == 0 ? $0 : $0 * $1.0 }
        }
    }()

    /// The index of the bucket that holds a positive, finite value.
    static func index(of value: Double) -> Int {
        let significand = value.significand
        var low = 0
        var high = perDoubling
        while low < high {
            let middle = (low + high) / 2
            if fractions[middle] < significand { low = middle + 1 } else { high = middle }
        }
        return Int(value.exponent) * perDoubling + low
    }

    /// The bucket that a bucket becomes part of in a schema that is coarser by so many steps.
    static func coarser(_ index: Int, by steps: Int) -> Int {
        ((index - 1) >> steps) + 1
    }

    /// The geometric middle of a bucket, which is at most 0.55 % from every value in it.
    static func middle(of index: Int) -> Double {
        let halfBucket = 1.0054299011128027  // 2^(1/128)
        return upperBound(of: index) / halfBucket
    }

    static func upperBound(of index: Int) -> Double {
        let (doublings, fraction) = (index >> 6, index & (perDoubling - 1))
        return Double(sign: .plus, exponent: doublings, significand: fractions[fraction])
    }
}
