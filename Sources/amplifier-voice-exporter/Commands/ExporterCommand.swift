import ArgumentParser
import Glibc

/// The command line.
struct ExporterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amplifier-voice-exporter",
        abstract: "Prometheus metrics, JSON and a live stream for real-time voice agents.",
        discussion: """
            Every flag of serve can also be set in the environment: AMPLIFIER_VOICE_EXPORTER_ and the flag's name in \
            capitals, with underscores for dots and dashes. Flags win over the environment, and it over the \
            configuration file.
            """,
        version: "amplifier-voice-exporter \(ExporterVersion.current)",
        subcommands: [ServeCommand.self, SimulateCommand.self, CheckCommand.self, RulesCommand.self],
        defaultSubcommand: ServeCommand.self)
}

@main
enum Main {
    static func main() async {
        do {
            var command = try ExporterCommand.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            guard ExporterCommand.exitCode(for: error) == .validationFailure else {
                ExporterCommand.exit(withError: error)
            }
            StandardError.write(ExporterCommand.fullMessage(for: error))
            exit(usageError)
        }
    }

    /// The exit code of Unix programs, and of Prometheus, for a bad command line.
    private static let usageError: Int32 = 2
}
