import Synchronization

/// What waits for a client: at most one frame of each slot, so that a client that does not read costs no memory.
final class StreamMailbox: Sendable {
    /// Rings when frames wait, and ends when no more will come.
    let bell: AsyncStream<Void>
    private let ringer: AsyncStream<Void>.Continuation
    private let waiting = Mutex<[StreamFrame]>([])

    init() {
        (bell, ringer) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds a frame, or puts another in the place of one of its slot that the client has not taken: one that tells
    /// what that one told too. Whether there was one.
    func put(_ frame: StreamFrame, insteadOf replacement: (StreamFrame) throws -> StreamFrame) rethrows -> Bool {
        let replaced = try waiting.withLock { waiting in
            guard let index = waiting.firstIndex(where: { $0.slot == frame.slot }) else {
                waiting.append(frame)
                return false
            }
            waiting[index] = try replacement(waiting[index])
            return true
        }
        ringer.yield()
        return replaced
    }

    /// Takes all frames that wait.
    func take() -> [StreamFrame] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }

    /// Ends the bell once what waits was taken.
    func close() {
        ringer.finish()
    }
}
