import Testing

@testable import VoiceMonitoring

@Suite struct SlidingWindowTests {
    private func time(_ seconds: Double) -> MonotonicTime { MonotonicTime(nanoseconds: Int64(seconds * 1e9)) }

    /// A window at an instant is the slot that holds it and those before it.
    @Test(arguments: [
        (0.0, 1), (9.9, 1), (10.0, 1), (299.9, 1), (300.0, 0), (1e6, 0),
    ])
    func `a count leaves the window of five minutes with its slot`(later: Double, expected: Int) {
        var window = SlidingWindow<Tally>.lastFiveMinutes
        window.count(at: time(0))
        #expect(window.merged(at: time(later)).count == expected)
    }

    @Test func `a slot that comes round again starts empty`() {
        var window = SlidingWindow<Tally>(slots: 3, of: .seconds(10))
        for second in stride(from: 0.0, to: 100, by: 10) { window.count(at: time(second)) }
        #expect(window.merged(at: time(90)).count == 3)
        #expect(window.slots(at: time(90)).map { $0?.count } == [1, 1, 1])
        #expect(window.slots(at: time(105)).map { $0?.count } == [1, 1, nil])
    }

    @Test func `times before the clock's start have their slots too`() {
        var window = SlidingWindow<Tally>(slots: 3, of: .seconds(10))
        window.count(at: time(-1))
        window.count(at: time(1))
        #expect(window.slots(at: time(1)).map { $0?.count } == [nil, 1, 1])
    }

    @Test func `a peak holds through slots in which nothing changes`() {
        var peak = PeakWindow()
        peak.change(to: 3, at: time(0))
        #expect(peak.peak(at: time(200_000)) == 3)
        peak.change(to: 1, at: time(200_000))
        #expect(peak.peak(at: time(200_000)) == 3)
        #expect(peak.peak(at: time(200_000 + 86_400)) == 1)
    }

    @Test func `a day's count survives a clock that jumps over midnight and back`() {
        var counts = DailyCount()
        let clock = TestClock(utcOffsetSeconds: 3600)
        counts.increment(at: clock.now)
        clock.jumpWall(seconds: 86_400)
        #expect(counts.count(at: clock.now) == 0)
        counts.increment(at: clock.now)
        counts.increment(at: clock.now)
        clock.jumpWall(seconds: -86_400)
        #expect(counts.count(at: clock.now) == 1)
    }
}
