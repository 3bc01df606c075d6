import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import PrometheusMetrics
import PrometheusProcessMetrics
public import ServiceLifecycle
public import VoiceMonitoring

/// The HTTP server over one monitor: events in, exposition, JSON and the stream out.
///
/// It runs until it is told to stop; then streams end, running requests have the drain deadline to finish, and `run`
/// returns.
public struct MonitoringServer: Service {
    /// The map of all that it answers.
    let routes: MonitoringRoutes
    private let services: [any Service]
    private let logger: Logger

    /// Creates a server; it listens once it runs.
    ///
    /// - Parameters:
    ///   - configuration: Where it listens and how much it takes.
    ///   - monitor: What it shows.
    ///   - registry: What is scraped; the server adds its own families and the monitor's.
    ///   - logger: Where it says what it does.
    /// - Throws: `RegistrationError` where two families clash, and an error where the dashboard's files are not what
    ///   the build should have put into the program.
    public init(
        _ configuration: ServerConfiguration, monitor: Monitor, registry: Registry, logger: Logger
    ) throws {
        self.logger = logger
        let configuration = configuration.fitting(fileLimit: FileLimit.raise())
        try registry.register(monitor)
        try registry.register(ProcessCollector())
        try configuration.build.register(in: registry)
        let requests = try RequestInstruments(registry)
        let broadcaster = StreamBroadcaster(
            monitor: monitor, configuration: configuration, instruments: try StreamInstruments(registry),
            requests: requests, logger: logger)
        let ingest = Ingest(
            monitor: monitor, instruments: try IngestInstruments(registry), configuration: configuration)
        let scrapes = try ScrapeInstruments(registry)
        routes = MonitoringRoutes(
            dashboard: DashboardRoutes(monitor: monitor, files: try DashboardFiles()),
            events: EventsRoute(ingest: ingest),
            audio: AudioRoute(ingest: ingest),
            exposition: ExpositionRoute(
                registry: registry, instruments: scrapes,
                limiter: ScrapeLimiter(limit: configuration.maximumScrapeCount, instruments: scrapes)),
            sections: SectionRoutes(monitor: monitor, broadcaster: broadcaster),
            stream: StreamRoute(broadcaster: broadcaster, configuration: configuration),
            openAPI: try OpenAPIRoute(),
            clients: try ClientRoutes(),
            origins: configuration.origins,
            instruments: requests)
        let connections = OpenConnections(drainDeadline: configuration.drainDeadline)
        let application = Application(
            router: routes.makeRouter(),
            server: HTTPServerBuilder { responder in
                ConnectionChannel(
                    configuration: configuration, instruments: requests, connections: connections, responder: responder)
            },
            configuration: .init(
                address: .hostname(configuration.address.host, port: configuration.address.port), backlog: 4096,
                availableConnectionsDelegate: .maximum(configuration.maximumConnectionCount, logger: logger)),
            onServerRunning: { channel in
                logger.info(
                    "Listening.",
                    metadata: [
                        "address": "\(configuration.address.host):\(channel.localPort)",
                        "connections": "\(configuration.maximumConnectionCount)",
                        "streams": "\(configuration.maximumStreamCount)",
                    ])
            },
            logger: logger.atLeast(.notice))
        // The last is told to stop first: streams end before the server waits for its connections.
        services = [application, connections, broadcaster]
    }

    /// Serves until the process is told to stop.
    public func run() async throws {
        let group = ServiceGroup(
            configuration: .init(services: services, logger: logger.atLeast(.error)))
        try await group.run()
    }
}

extension Channel {
    fileprivate var localPort: Int { localAddress?.port ?? 0 }
}

extension Logger {
    /// The same logger without what is below a level: libraries say more than an operator wants.
    fileprivate func atLeast(_ level: Logger.Level) -> Logger {
        var logger = self
        logger.logLevel = max(level, logLevel)
        return logger
    }
}
