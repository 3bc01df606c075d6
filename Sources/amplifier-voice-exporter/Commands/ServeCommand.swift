import ArgumentParser
import CoreMetrics
import Logging
import PrometheusMetrics
import PrometheusSwiftMetrics
import ServiceLifecycle
import UnixSignals
import VoiceMonitoring
import VoiceMonitoringServer

/// `serve`: runs the exporter until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take events in and serve metrics, JSON, the stream and the dashboard (default).")

    @OptionGroup
    var options: ServeOptions

    func run() async throws {
        let configuration = try options.resolved()
        var logger = Logger(label: "amplifier-voice-exporter") { _ in
            StructuredLogHandler(format: configuration.logFormat)
        }
        logger.logLevel = configuration.logLevel
        Allocator.returnLargeBlocks()
        logger.info("Starting.", metadata: ["version": "\(ExporterVersion.current)"])
        do {
            try await run(try services(configuration, logger), logger)
        } catch {
            logger.error(
                "The exporter could not go on.",
                metadata: ["error": "\(error)", "address": "\(configuration.server.address)"])
            throw ExitCode.failure
        }
        logger.info("Stopped.")
    }

    private func services(_ configuration: ServeConfiguration, _ logger: Logger) throws -> [any Service] {
        let registry = Registry()
        MetricsSystem.bootstrap(
            try PrometheusMetricsFactory(registry: registry, onRefusal: { logger.warning("\($0)") }))
        let demo = configuration.isDemo ? Demo(configuration.monitor) : nil
        let server = try MonitoringServer(
            configuration.server, monitor: demo?.monitor ?? Monitor(configuration.monitor), registry: registry,
            logger: logger)
        return demo.map { [$0, server] } ?? [server]
    }

    private func run(_ services: [any Service], _ logger: Logger) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: silenced(logger)))
        try await group.run()
    }

    /// The lifecycle library's own messages say nothing that ours do not.
    private func silenced(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}
