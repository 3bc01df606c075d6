import PrometheusMetrics
import Testing

private struct Queue {
    let length = 4
}

@Test func `the samples of Count print what it says`() throws {
    let queue = Queue()

    struct Request: LabelSet {
        static let labelNames = ["method", "code"]
        var method: String
        var code: Int
        var labelValues: [String] { [method, String(code)] }
    }

    let registry = Registry()
    let requests = try registry.counter("requests_total", help: "Requests answered.", labels: Request.self)
    let bytes = try registry.counter("received_bytes_total", help: "Bytes of request bodies.")
    let connections = try registry.gauge("connections", help: "Connections that are open.")

    requests[Request(method: "GET", code: 200)].increment()
    requests[Request(method: "GET", code: 200)].increment()
    requests[Request(method: "PUT", code: 405)].increment()
    bytes.increment(by: 512)
    connections.add(3)
    connections.add(-1)

    try registry.gauge("queue_length", help: "Jobs that wait.", read: { Double(queue.length) })

    struct Build: LabelSet {
        static let labelNames = ["version"]
        var version: String
        var labelValues: [String] { [version] }
    }
    try registry.info("server_build_info", help: "Which server this is.", Build(version: "1.4.2"))

    #expect(try registry.text == Article("Count").outputs.joined())
}
