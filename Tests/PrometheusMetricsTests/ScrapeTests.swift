import Testing

@testable import PrometheusMetrics

struct ScrapeTests {
    private let registry = Registry()

    private static let text = "text/plain; version=0.0.4; charset=utf-8"
    private static let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    private func fields(_ response: ScrapeResponse) -> [String] { response.headers.map { "\($0.name): \($0.value)" } }

    @Test(
        arguments: [
            ([], text, ExpositionFormat.text),
            ([("ACCEPT", "application/openmetrics-text")], openMetrics, .openMetrics),
            (
                [("accept", "text/plain;q=0.1"), ("x", "y"), ("Accept", "application/openmetrics-text")], openMetrics,
                .openMetrics
            ),
        ] as [([(String, String)], String, ExpositionFormat)])
    func `a scrape gets the exposition in the format that its headers ask for`(
        headers: [(String, String)], type: String, format: ExpositionFormat
    ) throws {
        try registry.counter("calls_total", help: "Calls.").increment()
        let response = registry.respond(to: ScrapeRequest(headers: headers.map { (name: $0, value: $1) }))
        #expect(response.status == 200)
        #expect(fields(response) == ["Content-Type: \(type)", "Vary: Accept, Accept-Encoding"])
        #expect(response.body == registry.exposition(format))
        #expect(response.sampleCount == 1)
    }

    private static let gzip = [(name: "Accept-Encoding", value: "br, gzip")]

    @Test func `whoever takes gzip gets what the caller's compression makes`() throws {
        try registry.gauge("load", help: "Load.").set(1)
        let response = registry.respond(to: ScrapeRequest(headers: Self.gzip)) { Array($0.reversed()) }
        #expect(fields(response).last == "Content-Encoding: gzip")
        #expect(response.body == registry.exposition().reversed())
        #expect(response.sampleCount == 1)
    }

    @Test func `without a compression, and for those who do not ask, the answer is plain`() throws {
        try registry.gauge("load", help: "Load.").set(1)
        let plain = registry.respond(to: ScrapeRequest(headers: Self.gzip))
        let unasked = registry.respond(to: ScrapeRequest(headers: [])) { _ in [] }
        for response in [plain, unasked] {
            #expect(fields(response).count == 2)
            #expect(response.body == registry.exposition())
        }
    }

    private struct Broken: Error {}

    @Test func `a compression that fails fails the scrape`() {
        #expect(throws: Broken.self) {
            try registry.respond(to: ScrapeRequest(headers: Self.gzip)) { _ throws(Broken) in throw Broken() }
        }
    }

    @Test func `HEAD gets the headers of GET with its length and no body`() throws {
        try registry.gauge("load", help: "Load.").set(1)
        let response = registry.respond(to: ScrapeRequest(method: "HEAD", headers: Self.gzip)) { Array($0.dropLast(7)) }
        #expect(response.status == 200)
        let length = registry.exposition().count - 7
        #expect(fields(response).suffix(2) == ["Content-Encoding: gzip", "Content-Length: \(length)"])
        #expect(response.body == [])
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "get", ""])
    func `any other method is told which ones there are`(method: String) {
        let response = registry.respond(to: ScrapeRequest(method: method, headers: []))
        #expect(response.status == 405)
        #expect(fields(response).first == "Allow: GET, HEAD")
    }

    @Test func `the samples are counted in all families and formats`() throws {
        _ = try registry.gauge("load", help: "Load.")
        _ = try registry.histogram("wait_seconds", help: "Wait.", buckets: [1, 2])
        _ = try registry.histogram("change", help: "Change.", buckets: [-1, 1])
        for format in [ExpositionFormat.text, .openMetrics] {
            let lines = String(decoding: registry.exposition(format), as: UTF8.self).split(separator: "\n")
            #expect(registry.render(format).sampleCount == lines.count { !$0.hasPrefix("#") })
        }
    }
}
