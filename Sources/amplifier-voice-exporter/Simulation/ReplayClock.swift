import Synchronization
import VoiceMonitoring

/// The clock of a monitor that is first given a past and then lives on.
final class ReplayClock: Sendable {
    private let past = Mutex<Timestamp?>(nil)

    /// Reads the moment that is replayed, and once nothing is replayed the system's clocks.
    var source: TimeSource {
        TimeSource { [self] in past.withLock { $0 } ?? TimeSource.system.now() }
    }

    func replay(_ moment: Timestamp) {
        past.withLock { $0 = moment }
    }

    func live() {
        past.withLock { $0 = nil }
    }
}
