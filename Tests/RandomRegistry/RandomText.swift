import PrometheusMetrics
import TestSupport

/// Names, texts and numbers of every kind.
struct RandomText {
    var generator: SeededGenerator

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

    mutating func element<Element>(of elements: [Element]) -> Element { elements[int(0...elements.count - 1)] }

    /// A name that the formats allow.
    mutating func name(first: String = "abcxyzABCXYZ") -> String {
        var name = String(element(of: Array(first)))
        for _ in 0..<int(0...8) { name.append(element(of: Array("abcxyz_ABC019"))) }
        return name
    }

    /// A text with everything in it that could end it early.
    mutating func text(longest: Int = 12) -> String {
        let pieces = [
            "a", "B", "7", " ", "  ", "\"", "\\", "\n", "\\n", "\\\"", "{", "}", "=", ",", "#", "# EOF", "\t", "\r",
            "é",
            "👩🏽‍🚀", "\u{2028}", "\u{FEFF}", "'", "$1", "le=\"+Inf\"", "NaN",
        ]
        return (0..<int(0...longest)).map { _ in element(of: pieces) }.joined()
    }

    /// A number of any size, with all that are special.
    mutating func number() -> Double {
        switch int(0...9) {
        case 0:
            return element(of: [
                0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e6,
                999_999, 1e-4, 0x1p53,
            ])
        case 1...3: return Double(int(-1_000_000...1_000_000))
        case 4...6: return Double(int(-9_999_999...9_999_999)) / 1000
        case 7...8: return Double.random(in: -1e9...1e9, using: &generator)
        default: return Double(bitPattern: generator.next())
        }
    }

    /// A number above zero, of any size.
    mutating func amount() -> Double {
        let number = number().magnitude
        return number.isFinite && number > 0 ? number : 1
    }

    /// An observation: mostly a duration, and sometimes anything that is a number.
    mutating func observation() -> Double {
        if chance(80) { return Double.random(in: 0...20, using: &generator) }
        let number = number()
        return number.isFinite ? number : -1
    }
}
