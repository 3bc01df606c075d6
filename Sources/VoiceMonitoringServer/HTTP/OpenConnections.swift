import NIOCore
import ServiceLifecycle
import Synchronization

/// The connections that are open, so that none can hold up the end of the process.
///
/// After the order to stop, running requests have the drain deadline to finish; then every connection left is closed.
final class OpenConnections: Service {
    private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])
    private let drainDeadline: TimeAmount

    init(drainDeadline: Duration) {
        self.drainDeadline = TimeAmount(drainDeadline)
    }

    /// A handler that enters its connection here.
    func makeHandler() -> any RemovableChannelHandler & Sendable {
        Handler(connections: self)
    }

    func run() async throws {
        try? await gracefulShutdown()
        for channel in open {
            channel.eventLoop.scheduleTask(in: drainDeadline) { channel.close(promise: nil) }
        }
    }

    private var open: [any Channel] { channels.withLock { Array($0.values) } }

    private func add(_ channel: any Channel) {
        channels.withLock { $0[ObjectIdentifier(channel)] = channel }
    }

    private func remove(_ channel: any Channel) {
        _ = channels.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    private final class Handler: ChannelInboundHandler, RemovableChannelHandler, Sendable {
        typealias InboundIn = Any

        private let connections: OpenConnections

        init(connections: OpenConnections) {
            self.connections = connections
        }

        func handlerAdded(context: ChannelHandlerContext) {
            connections.add(context.channel)
        }

        func channelInactive(context: ChannelHandlerContext) {
            connections.remove(context.channel)
            context.fireChannelInactive()
        }
    }
}
