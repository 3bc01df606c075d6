import Glibc

/// Seconds of the monotonic clock.
enum Instant {
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func sleep(until instant: Double) {
        let left = instant - now
        if left > 0 { usleep(UInt32(left * 1e6)) }
    }
}
