import ArgumentParser
import FoundationEssentials
import VoiceAlerting
import VoiceMonitoring

/// `rules`: prints the rules for Prometheus, or writes one file for each section.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Print recording and alert rules for Prometheus.",
        discussion: "Without --output all rules are printed as one file.")

    @Option(
        help: ArgumentHelp(
            "Write a file for each section, the error budget and the exporter into this folder.", valueName: "dir"))
    var output: String?

    @Option(help: ArgumentHelp("Where the runbook is, for the annotation runbook_url.", valueName: "url"))
    var runbookURL = "https://runbooks.example/amplifier-voice-exporter/alerts/runbook.md"

    @Option(help: ArgumentHelp("The configuration file, whose thresholds are those of the rules.", valueName: "file"))
    var config: String?

    func run() throws {
        let numbers = try Settings(configurationFile: config).file.monitor.numbers
        let rules = AlertRules(numbers, runbook: runbookURL)
        guard let output else {
            print(rules.text, terminator: "")
            return
        }
        let folder = URL(filePath: output, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for file in rules.files {
                try Data(file.text.utf8).write(to: folder.appending(path: file.name))
            }
        } catch {
            StandardError.write("Error: --output \(output): the rules could not be written there.")
            throw ExitCode.failure
        }
    }
}
