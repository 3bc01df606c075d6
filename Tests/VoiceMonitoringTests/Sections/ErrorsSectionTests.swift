import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct ErrorsSectionTests {
    private func error(_ category: ErrorCategory, _ code: String, at now: Timestamp) -> Fact {
        let reported = ReportedError(category: category, code: code, message: "m")
        return fact(.error(code: code, ErrorRecord(reported, id: "1", session: nil, at: now.wall)), at: now)
    }

    @Test func `every known code and other are there from the start`() {
        #expect(ErrorsSection().totals.count == 22 + 5 + 5)
        #expect(ErrorsSection().totals.values.allSatisfy { $0.count == 0 })
    }

    @Test func `errors are counted by category and code, and sessions by their end`() {
        let clock = TestClock()
        var section = ErrorsSection()
        for code in ["timeout", "other", "codec_error"] {
            section.apply(error(.audio, code, at: clock.now), at: clock.now)
        }
        section.apply(error(.session, "other", at: clock.now), at: clock.now)
        section.apply(fact(EndedSession.active(1, failed: true), at: clock.now), at: clock.now)
        section.apply(fact(EndedSession.active(1), at: clock.now), at: clock.now)
        section.apply(fact(.taskQueued, at: clock.now), at: clock.now)
        let counts = section.lastHour.merged(at: clock.now.monotonic)
        #expect(counts.total == 4)
        #expect(counts.total(of: .audio) == 3)
        #expect(counts.total(of: .infrastructure) == 0)
        #expect(section.perMinute(counts.total) == 0.8)
        #expect(section.endedSessions.merged(at: clock.now.monotonic).failurePercentage == 50)
    }

    @Test func `the last fifty errors are kept`() {
        let clock = TestClock()
        var section = ErrorsSection()
        for number in 1...60 { section.apply(error(.audio, "e\(number)", at: clock.now), at: clock.now) }
        #expect(section.recentErrors.newestFirst.map(\.code) == (11...60).reversed().map { "e\($0)" })
    }
}
