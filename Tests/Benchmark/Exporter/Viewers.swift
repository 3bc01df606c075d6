import Glibc
import Synchronization

/// Clients of the stream, all read by one thread. They leave with `stop`.
final class Viewers: Sendable {
    private let shared: Shared
    private let thread: pthread_t

    /// Opens the streams and begins to read them; a text that is looked for is remembered with the time it came.
    init(_ count: Int, port: UInt16) throws {
        let connections = try (0..<count).map { _ in
            let connection = try Connection(port: port)
            try connection.send(Requests.stream)
            return connection
        }
        let shared = Shared(connections)
        self.shared = shared
        thread = startThread { shared.run() }
    }

    /// How many bytes have come, over all.
    var bytes: Int { shared.bytes.load(ordering: .relaxed) }

    /// Waits until every client has received something.
    func waitUntilLive() throws {
        let deadline = Instant.now + 30
        while !shared.heard.withLock({ $0.allSatisfy(\.self) }) {
            guard Instant.now < deadline else { throw BenchmarkFailure("Not every stream began.") }
            usleep(10_000)
        }
    }

    /// Looks for a text; returns when each client first had it, as the reading thread saw it.
    func arrivals(of text: String, after action: () throws -> Void) throws -> [Double] {
        shared.search.withLock { $0 = Search(text, clients: shared.connections.count) }
        try action()
        let deadline = Instant.now + 10
        while Instant.now < deadline {
            if let found = shared.search.withLock({ $0?.isComplete == true ? $0?.arrivals : nil }) { return found }
            usleep(500)
        }
        throw BenchmarkFailure("Not every stream had the event within 10 s.")
    }

    func stop() {
        shared.isStopped.store(true, ordering: .relaxed)
        pthread_join(thread, nil)
    }

    /// A text that is looked for in what each client receives.
    fileprivate struct Search {
        private let text: [UInt8]
        private(set) var arrivals: [Double]
        /// The end of what each client received last, in which the text may begin.
        private var tails: [[UInt8]]
        private var missing: Int

        init(_ text: String, clients: Int) {
            self.text = Array(text.utf8)
            arrivals = Array(repeating: .nan, count: clients)
            tails = Array(repeating: [], count: clients)
            missing = clients
        }

        var isComplete: Bool { missing == 0 }

        mutating func look(in bytes: UnsafeRawBufferPointer, of client: Int, at now: Double) {
            guard arrivals[client].isNaN else { return }
            let all = tails[client] + bytes
            tails[client] = Array(all.suffix(text.count - 1))
            guard all.contains(text) else { return }
            arrivals[client] = now
            missing -= 1
        }
    }

    private final class Shared: @unchecked Sendable {
        let isStopped = Atomic(false)
        let bytes = Atomic(0)
        let heard: Mutex<[Bool]>
        let search = Mutex<Search?>(nil)
        /// Only the thread of the viewers reads from them.
        let connections: [Connection]

        init(_ connections: [Connection]) {
            self.connections = connections
            heard = Mutex(Array(repeating: false, count: connections.count))
        }

        func run() {
            var waits = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
            defer { room.deallocate() }
            while !isStopped.load(ordering: .relaxed) {
                guard poll(&waits, nfds_t(waits.count), 100) > 0 else { continue }
                for client in waits.indices where waits[client].revents != 0 {
                    let count = read(waits[client].fd, room.baseAddress, room.count)
                    // A stream that ended is not polled again.
                    guard count > 0 else {
                        waits[client].fd = -1
                        continue
                    }
                    take(UnsafeRawBufferPointer(rebasing: room[..<count]), of: client)
                }
            }
        }

        private func take(_ received: UnsafeRawBufferPointer, of client: Int) {
            let now = Instant.now
            bytes.wrappingAdd(received.count, ordering: .relaxed)
            heard.withLock { $0[client] = true }
            search.withLock { $0?.look(in: received, of: client, at: now) }
        }
    }
}
