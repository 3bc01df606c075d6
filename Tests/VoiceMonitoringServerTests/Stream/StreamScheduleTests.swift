import Testing

@testable import VoiceMonitoringServer

@Suite struct StreamScheduleTests {
    private let start = ContinuousClock.now

    /// Milliseconds, how much news there was by then, and what is sent.
    @Test(
        arguments: [
            [(0, 0, .rest), (999, 0, .rest), (1000, 0, .tick(1)), (1001, 0, .rest), (2000, 0, .tick(2))],
            [(50, 1, .news), (100, 1, .rest), (150, 3, .news), (200, 4, .news), (250, 4, .rest)],
            // A tick tells the news too.
            [(1000, 7, .tick(1)), (1050, 7, .rest), (1100, 8, .news)],
            // Who was held up goes on from there.
            [(5300, 0, .tick(1)), (5350, 0, .rest), (6299, 0, .rest), (6300, 0, .tick(2))],
        ] as [[(Int, Int, StreamSchedule.Step)]])
    func `ticks come every second, and news between them`(steps: [(Int, Int, StreamSchedule.Step)]) {
        var schedule = StreamSchedule(start: start)
        for (milliseconds, news, expected) in steps {
            #expect(schedule.step(at: start + .milliseconds(milliseconds), newsCount: news) == expected)
        }
    }

    @Test(arguments: [(0, true, 50), (0, false, 1000), (980, true, 1000), (980, false, 1000)])
    func `nobody is woken for news that nobody hears`(now: Int, hasListeners: Bool, wakeUp: Int) {
        let schedule = StreamSchedule(start: start)
        let found = schedule.wakeUp(after: start + .milliseconds(now), hasListeners: hasListeners)
        #expect(found == start + .milliseconds(wakeUp))
    }
}
