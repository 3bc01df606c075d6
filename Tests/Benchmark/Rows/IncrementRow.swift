/// Incrementing a counter that is held.
struct IncrementRow: Row {
    let name = "increment"

    func measure(rounds: Int) throws -> [Measurement] {
        var samples: (own: [Double], bare: [Double], ratio: [Double], two: [Double]) = ([], [], [], [])
        for _ in 0..<rounds {
            let bare = try Sample.atomicAdd(threads: 1).nanoseconds
            let own = try Sample.increment(threads: 1).nanoseconds
            samples.bare.append(bare)
            samples.own.append(own)
            samples.ratio.append(own / bare)
            samples.two.append(try Sample.increment(threads: 2).nanoseconds)
        }
        return [
            Measurement(what: "bare atomic add", unit: "ns", samples: samples.bare),
            Measurement(what: "increment, held child", unit: "ns", samples: samples.own),
            Measurement(what: "increment over bare atomic add", unit: "times", samples: samples.ratio, budget: 1.5),
            Measurement(what: "increment, held child, 2 threads", unit: "ns", samples: samples.two),
        ]
    }
}
