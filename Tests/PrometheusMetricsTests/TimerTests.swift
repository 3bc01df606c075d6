import Synchronization
import Testing

@testable import PrometheusMetrics

struct TimerTests {
    /// A clock that moves on by a quarter of a second each time it is read.
    private final class TickingClock: Clock {
        private let ticks = Atomic<Int>(0)

        struct Instant: InstantProtocol {
            var ticks: Int
            func advanced(by duration: Duration) -> Instant {
                Instant(ticks: ticks + Int(duration / .milliseconds(250)))
            }
            func duration(to other: Instant) -> Duration { .milliseconds(250) * (other.ticks - ticks) }
            static func < (one: Instant, other: Instant) -> Bool { one.ticks < other.ticks }
        }

        var now: Instant { Instant(ticks: ticks.wrappingAdd(1, ordering: .relaxed).newValue) }
        var minimumResolution: Duration { .milliseconds(250) }
        func sleep(until deadline: Instant, tolerance: Duration?) async throws {}
    }

    private struct Broken: Error {}

    private let histogram = Histogram([0.1, 1])

    @Test func `a duration is observed in seconds`() {
        histogram.observe(.milliseconds(1_500))
        histogram.observe(.nanoseconds(500))
        #expect(histogram.value.sum == 1.5 + 5e-7)
    }

    @Test func `what is done is timed and its result handed on`() {
        #expect(histogram.time(clock: TickingClock()) { 42 } == 42)
        #expect(histogram.value.sum == 0.25)
    }

    @Test func `what throws is timed too`() {
        #expect(throws: Broken.self) {
            try histogram.time(clock: TickingClock()) { () throws(Broken) in throw Broken() }
        }
        #expect(histogram.value.sum == 0.25)
    }

    @Test func `what waits is timed, too`() async {
        let clock = TickingClock()
        let answer = await histogram.time(clock: clock) { () async -> Int in
            await Task.yield()
            _ = clock.now
            return 42
        }
        #expect(answer == 42)
        #expect(histogram.value.sum == 0.5)
        await #expect(throws: Broken.self) {
            try await histogram.time(clock: clock) { () async throws(Broken) in throw Broken() }
        }
        #expect(histogram.value.count == 2)
    }

    @Test func `without another clock it is one that goes on`() {
        histogram.time {}
        #expect(histogram.value.count == 1)
        #expect(histogram.value.sum >= 0)
    }
}
