import HTTPTypes
import NIOHTTP1
import Testing

@testable import VoiceMonitoringServer

@Suite struct RequestTermsTests {
    private static let old = HTTPVersion.http1_0
    private static let current = HTTPVersion.http1_1
    private static let host = ("Host", "exporter")

    private func result(
        _ version: HTTPVersion, _ headers: [(String, String)], method: HTTPMethod = .GET
    ) -> Result<RequestTerms, RequestFailure> {
        let head = HTTPRequestHead(version: version, method: method, uri: "/", headers: HTTPHeaders(headers))
        return Result { () throws(RequestFailure) in try RequestTerms(head, maximumBodySize: 100) }
    }

    @Test(
        arguments: [
            (current, [], "Host"), (current, [host, host], "Host"), (current, [("Host", "a b")], "Host"),
            (old, [host, ("Host", "other")], "Host"), (old, [("Host", "a b")], "Host"),
            (old, [host, ("Transfer-Encoding", "chunked")], "Transfer-Encoding"),
        ] as [(HTTPVersion, [(String, String)], String)])
    func `a head that must not be taken is refused`(
        version: HTTPVersion, headers: [(String, String)], field: String
    ) throws {
        guard case .failure(let failure) = result(version, headers) else {
            Issue.record("It was taken.")
            return
        }
        #expect(failure.status == .badRequest)
        #expect(failure.field == field)
        #expect(failure.headers[.connection] == "close")
    }

    @Test(
        arguments: [
            (current, [host], false), (current, [("Host", "")], false),
            (current, [host, ("Connection", "close")], true),
            (current, [host, ("connection", "CLOSE")], true), (current, [host, ("Connection", "keep-alive")], false),
            (current, [host, ("Connection", "TE, close")], true),
            (current, [host, ("Connection", "Upgrade"), ("Upgrade", "h2c")], true),
            (current, [host, ("Transfer-Encoding", "chunked")], false),
            (old, [], true), (old, [host], true), (old, [("Connection", "keep-alive")], false),
            (old, [("Connection", "Keep-Alive")], false), (old, [("Connection", "close")], true),
        ] as [(HTTPVersion, [(String, String)], Bool)])
    func `the last request is told by its version and its options`(
        version: HTTPVersion, headers: [(String, String)], isLast: Bool
    ) throws {
        let terms = try result(version, headers).get()
        #expect(terms.isLast == isLast)
        #expect(terms.isOld == (version == Self.old))
    }

    @Test func `a tunnel is the last request`() throws {
        #expect(try result(Self.current, [Self.host], method: .CONNECT).get().isLast)
    }

    @Test(
        arguments: [
            (current, ["100-continue"], nil, true), (current, ["100-Continue "], "100", true),
            (current, [], "5", false),
            (current, ["100-continue"], "101", false), (current, ["100-continue"], "many", false),
            (current, ["100-continue", "miracles"], nil, false), (current, ["miracles"], nil, false),
            (old, ["100-continue"], "5", false),
        ] as [(HTTPVersion, [String], String?, Bool)])
    func `whoever waits for a word and may send its body gets it`(
        version: HTTPVersion, expectations: [String], length: String?, isExpected: Bool
    ) throws {
        let headers =
            [Self.host] + expectations.map { ("Expect", $0) } + (length.map { [("Content-Length", $0)] } ?? [])
        #expect(try result(version, headers).get().expectsContinue == isExpected)
    }

    @Test(
        arguments: [
            (current, [host], [("Content-Length", "5")], current, nil, false),
            (current, [host], [], current, nil, false),
            (current, [host, ("Connection", "close")], [("Content-Length", "5")], current, "close", true),
            (current, [host], [("Content-Length", "5"), ("Connection", "close")], current, "close", true),
            (old, [], [("Content-Length", "5")], old, "close", true),
            (old, [("Connection", "keep-alive")], [("Content-Length", "5")], old, "keep-alive", false),
            (
                old, [("Connection", "keep-alive")], [("Content-Length", "5"), ("Connection", "close")], old, "close",
                true
            ),
            // Without a length only the end of the connection ends the answer.
            (old, [("Connection", "keep-alive")], [], old, "close", true),
        ] as [(HTTPVersion, [(String, String)], [(String, String)], HTTPVersion, String?, Bool)])
    func `an answer is fitted to its request`(
        version: HTTPVersion, headers: [(String, String)], answer: [(String, String)], expectedVersion: HTTPVersion,
        connection: String?, closes: Bool
    ) throws {
        var head = HTTPResponseHead(version: .http1_1, status: .ok, headers: HTTPHeaders(answer))
        #expect(try result(version, headers).get().fit(&head) == closes)
        #expect(head.version == expectedVersion)
        #expect(head.headers["Connection"] == (connection.map { [$0] } ?? []))
    }
}
