import ArgumentParser
import Logging
import VoiceMonitoringServer

/// The flags of `serve`, which `check` takes too.
struct ServeOptions: ParsableArguments {
    @Option(
        name: .customLong("web.listen-address"),
        help: ArgumentHelp("Where to listen. (default: \(Defaults.listenAddress))", valueName: "host:port"))
    var listenAddress: String?

    @Flag(help: "Allow a non-loopback address without authentication.")
    var insecure = false

    @Flag(help: "Simulated calls into this process, with the last hour filled in.")
    var demo = false

    @Option(help: ArgumentHelp("JSON: thresholds, limits, names, privacy and these flags.", valueName: "file"))
    var config: String?

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

    /// What these flags, the environment and the configuration file come to.
    ///
    /// - Throws: `ValidationError`, which names what is bad.
    func resolved() throws -> ServeConfiguration {
        let settings = try Settings(configurationFile: config)
        let level = try settings.value(
            "--log.level", logLevel, default: Defaults.logLevel, "is not a log level.", Logger.Level.init(rawValue:))
        let format = try settings.value(
            "--log.format", logFormat, default: Defaults.logFormat, "must be text or json.", LogFormat.init(rawValue:))
        let address = try settings.value(
            "--web.listen-address", listenAddress, default: Defaults.listenAddress,
            "must be host:port, for example 127.0.0.1:9477.", ListenAddress.init)
        let insecure = try settings.flag("--insecure", insecure)
        guard address.isLoopback || insecure else {
            throw ValidationError(
                "--web.listen-address \(address) can be reached from other machines and there is no authentication: "
                    + "listen on 127.0.0.1, or add --insecure if the network is trusted.")
        }
        return ServeConfiguration(
            server: settings.file.server(address: address, build: BuildInfo(version: ExporterVersion.current)),
            monitor: settings.file.monitor, isDemo: try settings.flag("--demo", demo), logLevel: level,
            logFormat: format)
    }

    private enum Defaults {
        static let listenAddress = "127.0.0.1:9477"
        static let logLevel = "info"
        static let logFormat = "text"
    }
}
