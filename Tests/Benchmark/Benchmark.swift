import ArgumentParser

/// Measures what DESIGN section 9 budgets. A row is one file in `Rows`; a new one is entered in `rows`.
@main
struct Benchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmark",
        abstract: "Measure the rows of the budget table: the median of several rounds, with the smallest and largest.")

    @Argument(help: "The rows to measure; all where none is named.")
    var names: [String] = []

    @Option(help: "How often each row is measured.")
    var rounds = 9

    @Flag(help: "Exit with 1 where a budget is missed.")
    var check = false

    @Flag(help: "Take the names of samples from standard input, as Peers/compare.py sends them.")
    var peer = false

    private static let rows: [any Row] = [
        IncrementRow(), LookupRow(), ObserveRow(), RenderRow(), ScrapeRow(), IngestRow(), DeliveryRow(), ViewersRow(),
        FootprintRow(),
    ]

    func run() async throws {
        guard !peer else { return try Peer.run() }
        let unknown = Set(names).subtracting(Self.rows.map(\.name))
        guard unknown.isEmpty else {
            throw ValidationError("There is no row \(unknown.sorted()): take \(Self.rows.map(\.name)).")
        }
        var missed = false
        for row in Self.rows where names.isEmpty || names.contains(row.name) {
            for measurement in try await row.measure(rounds: rounds) {
                print(measurement)
                if measurement.isOverBudget { missed = true }
            }
        }
        if check, missed { throw ExitCode.failure }
    }
}
