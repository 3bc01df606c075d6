import Glibc

/// Random numbers that a seed decides: SplitMix64 (Steele, Lea and Flood 2014), and the distributions that calls need.
///
/// The standard library's own distributions may change between its versions; these do not.
struct SimulationRandom {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Evenly from 0 up to 1, without 1.
    mutating func unit() -> Double {
        Double(bits() >> 11) * 0x1p-53
    }

    mutating func between(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    /// Whether something of a probability happens.
    mutating func happens(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// The time to the next of events that come independently of each other.
    mutating func exponential(mean: Double) -> Double {
        -mean * log(1 - unit())
    }

    /// Durations: half are under the median, and the spread is that of their logarithm.
    mutating func logNormal(median: Double, spread: Double) -> Double {
        median * exp(spread * normal())
    }

    mutating func element<Element>(of elements: [Element]) -> Element {
        elements[Int(unit() * Double(elements.count))]
    }

    /// One of several things, as often as their weights say.
    mutating func weighted<Element>(_ elements: [(Element, weight: Double)]) -> Element {
        var point = unit() * elements.reduce(0) { $0 + $1.weight }
        for (element, weight) in elements {
            point -= weight
            if point < 0 { return element }
        }
        return elements[elements.count - 1].0
    }

    /// A version 4 UUID (RFC 9562 section 5.4).
    mutating func uuid() -> String {
        let high = bits() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = bits() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// The standard normal distribution by Box and Muller (1958).
    private mutating func normal() -> Double {
        sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit())
    }

    private static func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
