/// Observing into a histogram that is held.
struct ObserveRow: Row {
    let name = "observe"

    func measure(rounds: Int) throws -> [Measurement] {
        var samples: (one: [Double], two: [Double]) = ([], [])
        for _ in 0..<rounds {
            samples.one.append(try Sample.observe(threads: 1).nanoseconds)
            samples.two.append(try Sample.observe(threads: 2).nanoseconds)
        }
        return [
            Measurement(what: "observe, 12 buckets", unit: "ns", samples: samples.one),
            Measurement(what: "observe, 12 buckets, 2 threads", unit: "ns", samples: samples.two),
        ]
    }
}
