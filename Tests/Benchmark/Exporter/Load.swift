import Glibc
import Synchronization

/// Events that arrive at a steady pace while something else is measured. They stop with this object.
final class Load: Sendable {
    private let shared: Shared
    private let thread: pthread_t

    /// Sends the requests one after the other, over and over, so many in a second.
    init(port: UInt16, _ requests: [[UInt8]], perSecond: Double) throws {
        let shared = Shared(requests, perSecond: perSecond, connection: try Connection(port: port))
        self.shared = shared
        thread = startThread { shared.run() }
    }

    /// How many requests were answered.
    var answered: Int { shared.answered.load(ordering: .relaxed) }

    func stop() throws {
        shared.isStopped.store(true, ordering: .relaxed)
        pthread_join(thread, nil)
        if shared.hasFailed.load(ordering: .relaxed) { throw BenchmarkFailure("The load was not taken.") }
    }

    private final class Shared: @unchecked Sendable {
        let isStopped = Atomic(false)
        let hasFailed = Atomic(false)
        let answered = Atomic(0)
        private let requests: [[UInt8]]
        private let perSecond: Double
        /// Only the thread of the load uses it.
        private let connection: Connection

        init(_ requests: [[UInt8]], perSecond: Double, connection: Connection) {
            self.requests = requests
            self.perSecond = perSecond
            self.connection = connection
        }

        func run() {
            let start = Instant.now
            var sent = 0
            while !isStopped.load(ordering: .relaxed) {
                Instant.sleep(until: start + Double(sent) / perSecond)
                do {
                    _ = try connection.exchange(requests[sent % requests.count], expecting: "202")
                } catch {
                    hasFailed.store(true, ordering: .relaxed)
                    return
                }
                sent += 1
                answered.store(sent, ordering: .relaxed)
            }
        }
    }
}
