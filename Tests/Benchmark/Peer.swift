import FoundationEssentials
import Glibc
import PrometheusMetrics

/// Answers the comparison: a name comes in on each line, and the nanoseconds and what was counted go out.
struct Peer {
    private var counters: Registry?
    private var histograms: Registry?

    static func run() throws {
        var peer = Peer()
        while let name = readLine() {
            switch name {
            case "increment": peer.answer(try Sample.increment(threads: 1))
            case "increment-2": peer.answer(try Sample.increment(threads: 2))
            case "lookup": peer.answer(try Sample.lookup())
            case "observe": peer.answer(try Sample.observe(threads: 1))
            case "observe-2": peer.answer(try Sample.observe(threads: 2))
            case "render-counters":
                peer.answer(try Sample.render(peer.counterPage(), pages: 20, lines: 5_100))
            case "render-histograms":
                peer.answer(try Sample.render(peer.histogramPage(), pages: 1, lines: 98_200))
            case "page-counters": write(page: try peer.counterPage().exposition())
            case "page-histograms": write(page: try peer.histogramPage().exposition())
            case "memory": try peer.answerMemory()
            case "serve": PeerServer.start(try peer.counterPage()) { write(String($0)) }
            default: try peer.answerScrape(name)
            }
        }
    }

    private mutating func counterPage() throws -> Registry {
        if let counters { return counters }
        let page = try Workload.counterPage()
        counters = page
        return page
    }

    private mutating func histogramPage() throws -> Registry {
        if let histograms { return histograms }
        let page = try Workload.histogramPage()
        histograms = page
        return page
    }

    private func answer(_ sample: Sample) {
        Self.write("\(sample.nanoseconds) \(sample.counted)")
    }

    /// Answers `scrape`, a port, `plain` or `gzip`, and how often: the milliseconds and the bytes.
    private func answerScrape(_ line: String) throws {
        let words = line.split(separator: " ")
        guard words.count == 4, words[0] == "scrape", let port = UInt16(words[1]), let count = Int(words[3]) else {
            return Self.write("-")
        }
        let scrape = try PeerServer.scrape(port: port, gzip: words[2] == "gzip", count: count)
        Self.write("\(scrape.milliseconds) \(scrape.bytes)")
    }

    /// The resident memory of the large page before it is rendered and at its peak, in KiB.
    private mutating func answerMemory() throws {
        let page = try histogramPage()
        let before = try Self.status("VmRSS:")
        for _ in 0..<5 { _ = page.exposition() }
        Self.write("\(before) \(try Self.status("VmHWM:"))")
    }

    private static func status(_ key: String) throws -> String {
        let status = String(decoding: try Data(contentsOf: URL(filePath: "/proc/self/status")), as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix(key) } ?? ""
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.map(String.init) ?? "-"
    }

    private static func write(page: [UInt8]) {
        write(String(page.count))
        write(page)
    }

    private static func write(_ line: String) { write(Array((line + "\n").utf8)) }

    private static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
