import Logging
import NIOCore
import PrometheusMetrics
import ServiceLifecycle
import Synchronization
import VoiceMonitoring

/// Encodes what is due once a tick and hands the same bytes to every client.
///
/// A client that has not taken a frame before the next of its kind loses it; it never costs memory.
final class StreamBroadcaster: Service {
    /// A client's end of the stream. It ends when the client is unsubscribed or the process stops.
    struct Subscription {
        fileprivate let id: Int
        let selection: StreamSelection
        let mailbox = StreamMailbox()
    }

    private struct State {
        var clients: [Int: Subscription] = [:]
        var nextID = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let bootID = String(UInt64.random(in: .min ... .max), radix: 36)
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
    func subscribe(to selection: StreamSelection) -> Subscription? {
        state.withLock { state in
            guard !state.isStopped, state.clients.count < configuration.maximumStreamCount else { return nil }
            state.nextID += 1
            let subscription = Subscription(id: state.nextID, selection: selection)
            state.clients[state.nextID] = subscription
            instruments.clients.set(Double(state.clients.count))
            return subscription
        }
    }

    /// Removes a client and ends its frames.
    func unsubscribe(_ subscription: Subscription) {
        state.withLock { state in
            state.clients.removeValue(forKey: subscription.id)?.mailbox.close()
            instruments.clients.set(Double(state.clients.count))
        }
    }

    /// What a client gets at once: this moment, in full.
    func opening(of selection: StreamSelection) throws -> [StreamFrame] {
        let snapshot = monitor.snapshot()
        switch selection {
        case .whole:
            return [try StreamFrame(.whole, snapshot.streamMessage)]
        case .topics(let topics):
            let greeting = StreamGreeting(
                bootID: bootID, serverTime: snapshot.now.wall, build: configuration.build.version)
            // A proxy that restarts must not make all browsers come back at once.
            let hello = try StreamFrame(.hello, greeting, retryMilliseconds: .random(in: 1000...3000))
            return try [hello]
                + StreamTopic.allCases.filter(topics.contains).map { topic in
                    try StreamFrame(.topic(topic), snapshot.message(on: topic))
                }
        }
    }

    /// Takes note that a client's connection took frames.
    func delivered(_ frames: [StreamFrame]) {
        for frame in frames {
            instruments.deliveryDelay.observe((ContinuousClock.now - frame.made) / .seconds(1))
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            var next = clock.now
            var tick = 0
            var positions: [StreamTopic: FeedPosition] = [:]
            while true {
                next = next.advanced(by: .seconds(1))
                do { try await clock.sleep(until: next) } catch { return }
                tick += 1
                positions = self.broadcast(at: tick, since: positions)
            }
        }
        stop()
    }

    /// Sends what is due at a tick. How far the feeds are told then; nothing where nobody listens.
    private func broadcast(at tick: Int, since positions: [StreamTopic: FeedPosition]) -> [StreamTopic: FeedPosition] {
        let clients = state.withLock { Array($0.clients.values) }
        guard !clients.isEmpty else { return [:] }
        var frames = StreamFrames(monitor.snapshot(), since: positions)
        do {
            let due = try frames.due(at: tick) { slot in clients.contains { $0.selection.takes(slot) } }
            for frame in due {
                for client in clients where client.selection.takes(frame.slot) {
                    let replaced = try client.mailbox.put(frame) { try frames.complete(frame) }
                    if replaced { instruments.droppedMessages.increment() }
                }
            }
        } catch {
            requests.count(.stream)
            logger.error("The stream message could not be encoded.", metadata: ["error": "\(error)"])
        }
        return frames.positions(after: tick)
    }

    private func stop() {
        let clients = state.withLock { state in
            state.isStopped = true
            return Array(state.clients.values)
        }
        let bye = try? StreamFrame(.bye, StreamFarewell())
        for client in clients {
            if let bye, client.selection.takes(bye.slot) { _ = client.mailbox.put(bye) { bye } }
            client.mailbox.close()
        }
    }
}
