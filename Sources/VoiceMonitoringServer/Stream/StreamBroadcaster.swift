import Logging
import NIOCore
import PrometheusMetrics
import ServiceLifecycle
import Synchronization
import VoiceMonitoring

/// Encodes what is due, and what is news, and hands the same bytes to every client that needs the same.
///
/// A client that has not taken a frame before the next of its kind loses it; it never costs memory.
final class StreamBroadcaster: Service {
    /// A client's end of the stream. It ends when the client is unsubscribed or the process stops.
    struct Subscription {
        fileprivate let id: Int
        /// How far it was told the feeds before.
        let position: StreamPosition
        let mailbox = StreamMailbox()
    }

    private struct Client {
        let subscription: Subscription
        var reader: StreamReader
    }

    private struct State {
        var clients: [Int: Client] = [:]
        var nextID = 0
        var isStopped = false
        var alerts = AlertLog()
        var editions = StreamEditions()
        /// How much news of each topic was told.
        var news: [StreamTopic: Int] = [:]
        /// The tasks that all clients were told.
        var tasks: ToldTasks?
    }

    /// Another one after every start of the process.
    let bootID = String(UInt64.random(in: .min ... .max), radix: 36)
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
        // What happens before the first tick crosses from how things stood, not from nothing known.
        state.withLock { $0.alerts.observe(monitor.snapshot()) }
    }

    /// What crossed a threshold so far.
    var alerts: AlertLog { state.withLock { $0.alerts } }

    /// Adds a client, for which this moment waits already: in full, or of feeds what came after an id that it had. None
    /// where there are as many clients as the configuration allows, or the process stops.
    func subscribe(to selection: StreamSelection, after id: String?) throws -> Subscription? {
        guard !state.withLock({ isFull($0) }) else { return nil }
        var frames = StreamFrames(monitor.snapshot(), alerts: alerts)
        let known = id.flatMap { StreamPosition(id: $0, bootID: bootID) }
        let opening = try opening(of: selection, after: known, &frames)
        var told = frames.position
        if let known { told[.alerts] = min(known[.alerts], told[.alerts]) }
        let position = known ?? StreamPosition([.alerts: told[.alerts]])
        let reader = StreamReader(
            selection, told: told, end: .now.advanced(by: .seconds(Int.random(in: Self.lifetimes))))
        return state.withLock { state in
            guard !isFull(state) else { return nil }
            state.nextID += 1
            let subscription = Subscription(id: state.nextID, position: position)
            for frame in opening { _ = subscription.mailbox.put(frame) { _ in frame } }
            state.clients[state.nextID] = Client(subscription: subscription, reader: reader)
            instruments.clients.set(Double(state.clients.count))
            return subscription
        }
    }

    /// Removes a client and ends its frames.
    func unsubscribe(_ subscription: Subscription) {
        state.withLock { state in
            state.clients.removeValue(forKey: subscription.id)?.subscription.mailbox.close()
            instruments.clients.set(Double(state.clients.count))
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
            var schedule = StreamSchedule(start: clock.now)
            while true {
                let hasListeners = self.state.withLock { !$0.clients.isEmpty }
                let wakeUp = schedule.wakeUp(after: clock.now, hasListeners: hasListeners)
                do { try await clock.sleep(until: wakeUp, tolerance: .zero) } catch { return }
                self.send(schedule.step(at: clock.now, newsCount: self.monitor.newsCount))
            }
        }
        stop()
    }

    private func isFull(_ state: State) -> Bool {
        state.isStopped || state.clients.count >= configuration.maximumStreamCount
    }

    private func opening(
        of selection: StreamSelection, after known: StreamPosition?, _ frames: inout StreamFrames
    ) throws -> [StreamFrame] {
        guard case .topics(let topics) = selection else { return [try frames.frame(.whole)] }
        let greeting = StreamGreeting(
            bootID: bootID, serverTime: frames.snapshot.now.wall, build: configuration.build.version)
        // A proxy that restarts must not make all browsers come back at once.
        let hello = try StreamFrame(.hello, greeting, retryMilliseconds: .random(in: 1000...3000))
        return try [hello]
            + StreamTopic.allCases.filter(topics.contains).map { topic in
                let slot = StreamFrame.Slot.topic(topic)
                return try frames.frame(slot, after: StreamFeed(slot).flatMap { known?[$0] })
            }
    }

    private func send(_ step: StreamSchedule.Step) {
        guard step != .rest else { return }
        state.withLock { state in
            do {
                let snapshot = monitor.snapshot()
                if case .tick = step { state.alerts.observe(snapshot) }
                guard !state.clients.isEmpty else { return }
                var frames = StreamFrames(snapshot, alerts: state.alerts, toldTasks: state.tasks)
                try sendTopics(step, &frames, &state)
                guard case .tick(let tick) = step else { return }
                try sendSigns(tick, &frames, &state)
                endOldStreams(&state)
            } catch {
                requests.count(.stream)
                logger.error("The stream message could not be encoded.", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The topics that are due at a tick, or that have news, for the clients that have not got them.
    private func sendTopics(_ step: StreamSchedule.Step, _ frames: inout StreamFrames, _ state: inout State) throws {
        let clients = Array(state.clients.keys)
        for topic in StreamTopic.allCases {
            let slot = StreamFrame.Slot.topic(topic)
            let news = frames.snapshot.newsCount(of: topic)
            let isDue = step.isDue(topic)
            guard isDue || news != state.news[topic] else { continue }
            state.news[topic] = news
            guard state.clients.values.contains(where: { $0.reader.selection.takes(slot) }) else { continue }
            let edition = try state.editions.edition(of: topic, in: frames.snapshot)
            let end = StreamFeed(slot).map(frames.end)
            for id in clients {
                let need = state.clients[id]?.reader.need(
                    topic, edition: edition, end: end, isPush: !isDue, isRefresh: step.isRefresh)
                if let need { try put(slot, need, to: id, &frames, state) }
            }
            if topic == .tasks { state.tasks = frames.snapshot.toldTasks }
        }
    }

    /// What comes at ticks only: everything in SPEC's shape, signs of life, and alerts.
    private func sendSigns(_ tick: Int, _ frames: inout StreamFrames, _ state: inout State) throws {
        for id in Array(state.clients.keys) {
            if let need = state.clients[id]?.reader.needOfAlerts(end: state.alerts.count) {
                try put(.alert, need, to: id, &frames, state)
            }
            for (slot, interval) in Self.intervals where tick.isMultiple(of: interval) {
                if state.clients[id]?.reader.selection.takes(slot) == true {
                    try put(slot, StreamReader.Need(), to: id, &frames, state)
                }
            }
        }
    }

    private func put(
        _ slot: StreamFrame.Slot, _ need: StreamReader.Need, to id: Int, _ frames: inout StreamFrames, _ state: State
    ) throws {
        guard let mailbox = state.clients[id]?.subscription.mailbox else { return }
        let frame = try frames.frame(slot, after: need.told, limit: need.limit)
        let replaced = try mailbox.put(frame) { older in
            guard need.told != nil else { return frame }
            guard let records = older.records else { return try frames.frame(slot) }
            return try frames.frame(slot, after: records.lowerBound, limit: need.limit)
        }
        if replaced { instruments.droppedMessages.increment() }
    }

    private func endOldStreams(_ state: inout State) {
        for (id, client) in state.clients where client.reader.end <= .now {
            end(client, because: .lifetime)
            state.clients[id] = nil
        }
        instruments.clients.set(Double(state.clients.count))
    }

    private func stop() {
        let clients = state.withLock { state in
            state.isStopped = true
            return Array(state.clients.values)
        }
        for client in clients { end(client, because: .shutdown) }
    }

    private func end(_ client: Client, because reason: StreamFarewell.Reason) {
        // They must not all come back at once.
        let bye = StreamFarewell(reason: reason, retryMilliseconds: .random(in: 500...2000))
        if client.reader.selection.takes(.bye), let frame = try? StreamFrame(.bye, bye) {
            _ = client.subscription.mailbox.put(frame) { _ in frame }
        }
        client.subscription.mailbox.close()
    }

    /// SPEC section 8, "Base refresh rate", and how often there is a sign of life. Seconds.
    private static let intervals: [(StreamFrame.Slot, Int)] = [(.whole, 2), (.ping, 5)]
    /// How long streams live at most, so that they spread over the exporters behind a name. Seconds.
    private static let lifetimes = 1800...3600
}

extension StreamSchedule.Step {
    /// Whether a topic goes out, news or none.
    fileprivate func isDue(_ topic: StreamTopic) -> Bool {
        guard case .tick(let tick) = self else { return false }
        return tick.isMultiple(of: topic.interval)
    }

    /// Whether everything goes out, changed or not.
    fileprivate var isRefresh: Bool {
        guard case .tick(let tick) = self else { return false }
        // A topic of two or five seconds is due in the same tick.
        return tick.isMultiple(of: 60)
    }
}
