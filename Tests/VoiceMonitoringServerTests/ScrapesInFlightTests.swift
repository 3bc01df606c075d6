import Testing

@testable import VoiceMonitoringServer

@Suite struct ScrapesInFlightTests {
    private func full(limit: Int) -> ScrapesInFlight {
        var scrapes = ScrapesInFlight(limit: limit)
        for _ in 1...limit { _ = scrapes.enter() }
        return scrapes
    }

    @Test func `scrapes are admitted up to the limit`() {
        var scrapes = ScrapesInFlight(limit: 2)
        #expect(scrapes.enter() == .admitted(1))
        #expect(scrapes.enter() == .admitted(2))
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 2)
        scrapes.leave(1)
        #expect(scrapes.enter() == .admitted(3))
    }

    @Test func `the oldest whose client does not read gives its place`() {
        var scrapes = full(limit: 3)
        scrapes.stall(3)
        scrapes.stall(2)
        #expect(scrapes.enter() == .admittedInstead(4, of: 2))
        #expect(scrapes.enter() == .admittedInstead(5, of: 3))
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 3)
    }

    @Test func `nobody loses a place while there is another`() {
        var scrapes = full(limit: 2)
        scrapes.stall(1)
        scrapes.leave(2)
        #expect(scrapes.enter() == .admitted(3))
    }

    @Test func `a scrape that lost its place gives back no other`() {
        var scrapes = full(limit: 1)
        scrapes.stall(1)
        #expect(scrapes.enter() == .admittedInstead(2, of: 1))
        scrapes.stall(1)
        scrapes.leave(1)
        #expect(scrapes.enter() == .refused)
        #expect(scrapes.count == 1)
    }
}
