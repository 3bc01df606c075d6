import FoundationEssentials
import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct EventBodyTests {
    private let good = #"{"type":"session.started","session_id":"a"}"#
    private let bad = #"{"type":"session.started"}"#

    private func outcomes(_ body: String, _ format: EventBody.Format) -> [String] {
        EventBody(Data(body.utf8), format: format).events.map { event in
            switch event {
            case .success: "ok"
            case .failure(let refusal): refusal.reason.rawValue
            }
        }
    }

    @Test func `an object is one event and an array as many as it holds`() {
        #expect(outcomes(good, .json) == ["ok"])
        #expect(outcomes(" [\(good), \(bad), 7, \(good)]", .json) == ["ok", "missing_field", "wrong_type", "ok"])
        #expect(outcomes("[]", .json) == [])
    }

    @Test(arguments: ["", " ", "{", "[", "null and void", #"{"type":NaN}"#, "\u{0}"])
    func `what is not JSON refuses the whole body`(body: String) {
        #expect(outcomes(body, .json) == ["invalid_json"])
    }

    @Test func `a bad line refuses itself alone and blank lines are none`() {
        let lines = outcomes("\(good)\n\n{oops\r\n  \n\(bad)\n\(good)", .lines)
        #expect(lines == ["ok", "invalid_json", "missing_field", "ok"])
    }

    @Test func `nesting without end refuses the body`() {
        let depth = 100_000
        let body = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(outcomes(body, .json) == ["invalid_json"])
    }

    @Test(
        arguments: [
            (nil, EventBody.Format.json), ("application/json", .json), ("Application/JSON; charset=utf-8", .json),
            ("application/x-ndjson", .lines), ("text/plain", .json), ("application/x-www-form-urlencoded", nil),
            ("", nil),
        ] as [(String?, EventBody.Format?)])
    func `the content type decides the form`(contentType: String?, format: EventBody.Format?) {
        #expect(EventBody.Format(contentType: contentType) == format)
    }
}
