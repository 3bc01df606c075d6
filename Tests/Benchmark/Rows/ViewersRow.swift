import Glibc

/// A thousand clients of the stream.
struct ViewersRow: Row {
    let name = "viewers"

    func measure(rounds: Int) throws -> [Measurement] {
        var samples: (memory: [Double], processor: [Double]) = ([], [])
        for _ in 0..<rounds {
            let exporter = try ExporterProcess(["--demo"])
            let idle = exporter.residentKilobytes
            let viewers = try Viewers(Self.clients, port: exporter.port)
            try viewers.waitUntilLive()
            let before = exporter.processorSeconds
            let start = Instant.now
            Instant.sleep(until: start + 10)
            samples.processor.append(100 * (exporter.processorSeconds - before) / (Instant.now - start))
            samples.memory.append((exporter.residentKilobytes - idle) / Double(Self.clients))
            viewers.stop()
        }
        return [
            Measurement(what: "1,000 streams", unit: "% of a core", samples: samples.processor, budget: 10),
            Measurement(what: "memory of a stream", unit: "kB", samples: samples.memory, budget: 30),
        ]
    }

    private static let clients = 1_000
}
