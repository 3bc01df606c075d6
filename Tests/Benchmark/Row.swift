/// One row of the budget table.
protocol Row: Sendable {
    /// The name by which the row is chosen on the command line.
    var name: String { get }

    /// Takes a sample of each of the row's figures in every round, and reads back what was counted.
    func measure(rounds: Int) async throws -> [Measurement]
}

/// One figure and its samples.
struct Measurement: CustomStringConvertible {
    let what: String
    let unit: String
    let samples: [Double]
    /// The most that the median may be, where that can be told without another program.
    var budget: Double?

    var median: Double {
        let sorted = samples.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }

    var isOverBudget: Bool { budget.map { median > $0 } ?? false }

    var description: String {
        let range = "(\(Self.text(samples.min() ?? .nan)) .. \(Self.text(samples.max() ?? .nan)))"
        let verdict = budget.map { ", budget \(Self.text($0))" + (isOverBudget ? ": MISSED" : "") } ?? ""
        return "\(what): \(Self.text(median)) \(unit) \(range)\(verdict)"
    }

    /// Three significant digits, or all of a larger whole number.
    private static func text(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1_000 else { return value.rounded().description }
        let scale = value.magnitude < 10 ? 100.0 : value.magnitude < 100 ? 10 : 1
        return ((value * scale).rounded() / scale).description
    }
}

/// What was counted is not what was done, so the figure means nothing.
struct Miscounted: Error {
    let expected: Double
    let counted: Double

    static func check(_ counted: Double, _ expected: Double) throws(Miscounted) {
        guard counted == expected else { throw Miscounted(expected: expected, counted: counted) }
    }
}
