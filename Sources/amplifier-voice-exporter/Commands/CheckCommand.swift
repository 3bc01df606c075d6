import ArgumentParser

/// `check`: validates the configuration and exits.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validate the configuration and exit: 0 where serve would start with it, else 2.")

    @OptionGroup
    var options: ServeOptions

    func run() throws {
        _ = try options.resolved()
        print("The configuration is valid.")
    }
}
