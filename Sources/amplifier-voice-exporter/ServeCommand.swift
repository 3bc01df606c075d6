import ArgumentParser
import Logging
import ServiceLifecycle
import UnixSignals
import VoiceMonitoring
import VoiceMonitoringServer

/// `serve`: runs the exporter until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take events in and serve metrics, JSON and the stream (default).")

    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp("Where to listen. (default: \(Defaults.listenAddress))", valueName: "host:port"))
    var listenAddress: String?

    @Flag(help: "Allow a non-loopback address without authentication.")
    var insecure = false

    @Option(
        name: .customLong("log.level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical. (default: \(Defaults.logLevel))",
            valueName: "level"))
    var logLevel: String?

    @Option(
        name: .customLong("log.format"),
        help: ArgumentHelp("text or json. (default: \(Defaults.logFormat))", valueName: "format"))
    var logFormat: String?

    private enum Defaults {
        static let listenAddress = "127.0.0.1:9477"
        static let logLevel = "info"
        static let logFormat = "text"
    }

    func run() async throws {
        let environment = EnvironmentSettings.process
        let level = try environment.value(
            "--log.level", logLevel, default: Defaults.logLevel, "is not a log level.", Logger.Level.init(rawValue:))
        let format = try environment.value(
            "--log.format", logFormat, default: Defaults.logFormat, "must be text or json.", LogFormat.init(rawValue:))
        let address = try environment.value(
            "--web.listen-address", listenAddress, default: Defaults.listenAddress,
            "must be host:port, for example 127.0.0.1:9477.", ListenAddress.init)
        let insecure = try insecure || environment.flag("--insecure")
        guard address.isLoopback || insecure else {
            throw ValidationError(
                "--web.listen-address \(address) can be reached from other machines and there is no authentication: "
                    + "listen on 127.0.0.1, or add --insecure if the network is trusted.")
        }
        var logger = Logger(label: "amplifier-voice-exporter") { _ in StructuredLogHandler(format: format) }
        logger.logLevel = level
        try await serve(
            ServerConfiguration(address: address, build: BuildInfo(version: ExporterVersion.current)), logger)
    }

    private func serve(_ configuration: ServerConfiguration, _ logger: Logger) async throws {
        Allocator.returnLargeBlocks()
        logger.info("Starting.", metadata: ["version": "\(ExporterVersion.current)"])
        let server = try MonitoringServer(configuration, monitor: Monitor(), logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: silenced(logger)))
        do {
            try await group.run()
        } catch {
            logger.error(
                "The exporter could not go on.",
                metadata: ["error": "\(error)", "address": "\(configuration.address)"])
            throw ExitCode.failure
        }
        logger.info("Stopped.")
    }

    /// The lifecycle library's own messages say nothing that ours do not.
    private func silenced(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }
}
