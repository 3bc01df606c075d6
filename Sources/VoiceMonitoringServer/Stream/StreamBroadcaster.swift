import Logging
import NIOCore
import PrometheusMetrics
import ServiceLifecycle
import Synchronization
import VoiceMonitoring

/// Encodes one message a tick and hands the same bytes to every client.
///
/// A client that has not taken the message before loses it; it never costs memory.
final class StreamBroadcaster: Service {
    /// One message and when it was made.
    struct Message {
        let bytes: ByteBuffer
        let made: ContinuousClock.Instant
    }

    /// A client's end of the stream. It ends when the client is unsubscribed or the process stops.
    struct Subscription {
        fileprivate let id: Int
        let messages: AsyncStream<Message>
    }

    private struct State {
        var clients: [Int: AsyncStream<Message>.Continuation] = [:]
        var nextID = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let monitor: Monitor
    private let configuration: ServerConfiguration
    private let instruments: StreamInstruments
    private let requests: RequestInstruments
    private let logger: Logger

    init(
        monitor: Monitor, configuration: ServerConfiguration, instruments: StreamInstruments,
        requests: RequestInstruments, logger: Logger
    ) {
        self.monitor = monitor
        self.configuration = configuration
        self.instruments = instruments
        self.requests = requests
        self.logger = logger
    }

    /// Adds a client; none where there are as many as the configuration allows, or the process stops.
    func subscribe() -> Subscription? {
        let (messages, continuation) = AsyncStream.makeStream(
            of: Message.self, bufferingPolicy: .bufferingNewest(1))
        return state.withLock { state in
            guard !state.isStopped, state.clients.count < configuration.maximumStreamCount else { return nil }
            state.nextID += 1
            state.clients[state.nextID] = continuation
            instruments.clients.set(Double(state.clients.count))
            return Subscription(id: state.nextID, messages: messages)
        }
    }

    /// Removes a client and ends its messages.
    func unsubscribe(_ subscription: Subscription) {
        state.withLock { state in
            state.clients.removeValue(forKey: subscription.id)?.finish()
            instruments.clients.set(Double(state.clients.count))
        }
    }

    /// The message that stands for this moment.
    func message() throws -> Message {
        let made = ContinuousClock.now
        var bytes = ByteBuffer(string: "data: ")
        bytes.writeImmutableBuffer(try JSONBody.encode(monitor.snapshot().streamMessage))
        bytes.writeString("\n\n")
        return Message(bytes: bytes, made: made)
    }

    /// Takes note that a client's connection took a message.
    func delivered(_ message: Message) {
        instruments.deliveryDelay.observe((ContinuousClock.now - message.made) / .seconds(1))
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            var next = clock.now
            while true {
                next = next.advanced(by: self.configuration.streamInterval)
                do { try await clock.sleep(until: next) } catch { return }
                self.broadcast()
            }
        }
        stop()
    }

    private func broadcast() {
        let clients = state.withLock { Array($0.clients.values) }
        guard !clients.isEmpty else { return }
        do {
            let message = try message()
            for client in clients {
                if case .dropped = client.yield(message) { instruments.droppedMessages.increment() }
            }
        } catch {
            requests.count(.stream)
            logger.error("The stream message could not be encoded.", metadata: ["error": "\(error)"])
        }
    }

    private func stop() {
        let clients = state.withLock { state in
            state.isStopped = true
            return Array(state.clients.values)
        }
        for client in clients { client.finish() }
    }
}
