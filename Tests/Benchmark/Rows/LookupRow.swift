/// Looking a child up by its labels and incrementing it.
struct LookupRow: Row {
    let name = "lookup"

    func measure(rounds: Int) throws -> [Measurement] {
        let samples = try (0..<rounds).map { _ in try Sample.lookup().nanoseconds }
        return [Measurement(what: "label lookup among 100 children and increment", unit: "ns", samples: samples)]
    }
}
