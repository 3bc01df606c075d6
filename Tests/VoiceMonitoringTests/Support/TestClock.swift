import Synchronization
import VoiceMonitoring

/// Clocks that stand still until a test moves them. They start at a full five minutes of both.
final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    init(utcOffsetSeconds: Int = 0) {
        time = Mutex(
            Timestamp(
                monotonic: MonotonicTime(nanoseconds: 900_000 * 1_000_000_000),
                wall: WallTime(unixSeconds: 1_769_860_800), utcOffsetSeconds: utcOffsetSeconds))
    }

    var now: Timestamp { time.withLock { $0 } }

    var source: TimeSource { TimeSource { self.now } }

    func advance(seconds: Double) {
        move(monotonic: seconds, wall: seconds)
    }

    func jumpWall(seconds: Double) {
        move(monotonic: 0, wall: seconds)
    }

    private func move(monotonic: Double, wall: Double) {
        time.withLock { time in
            time.monotonic.nanoseconds += Int64(monotonic * 1e9)
            time.wall.nanoseconds += Int64(wall * 1e9)
        }
    }
}
