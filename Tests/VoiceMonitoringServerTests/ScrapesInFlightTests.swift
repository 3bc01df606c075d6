import Testing

@testable import VoiceMonitoringServer

@Suite struct ScrapesInFlightTests {
    @Test func `scrapes are admitted up to the limit`() {
        var scrapes = ScrapesInFlight(limit: 2)
        #expect(scrapes.enter() == .admitted(1))
        #expect(scrapes.enter() == .admitted(2))
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 2)
        scrapes.leave(1)
        #expect(scrapes.enter() == .admitted(3))
    }

    @Test func `the oldest one that only goes out gives its place`() {
        var scrapes = ScrapesInFlight(limit: 3)
        for _ in 1...3 { _ = scrapes.enter() }
        scrapes.write(3)
        scrapes.write(2)
        #expect(scrapes.enter() == .admittedInstead(4, of: 2))
        #expect(scrapes.enter() == .admittedInstead(5, of: 3))
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 3)
    }

    @Test func `one that lost its place gives back no other`() {
        var scrapes = ScrapesInFlight(limit: 1)
        _ = scrapes.enter()
        scrapes.write(1)
        #expect(scrapes.enter() == .admittedInstead(2, of: 1))
        scrapes.write(1)
        scrapes.leave(1)
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 1)
    }
}
