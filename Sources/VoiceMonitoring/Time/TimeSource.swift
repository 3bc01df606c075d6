import Glibc

/// Where a monitor reads the time. Only a monitor reads it; everything else is given a `Timestamp`.
public struct TimeSource: Sendable {
    /// Reads both clocks.
    public let now: @Sendable () -> Timestamp

    /// Creates a source of one's own, for tests and for replaying a log.
    public init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    /// The system's clocks and the time zone of the process (`TZ`).
    public static let system = TimeSource {
        let wall = read(CLOCK_REALTIME)
        var seconds = time_t(wall / 1_000_000_000)
        var local = tm()
        localtime_r(&seconds, &local)
        return Timestamp(
            monotonic: MonotonicTime(nanoseconds: read(CLOCK_MONOTONIC)),
            wall: WallTime(nanoseconds: wall),
            utcOffsetSeconds: local.tm_gmtoff)
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
