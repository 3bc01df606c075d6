import FoundationEssentials
import PackagePlugin

/// Puts the text files of some folders into the target that uses the plugin, as Swift source, so that the program
/// carries them wherever it is copied.
@main
struct EmbedFiles: BuildToolPlugin {
    /// The folders by target, from the target's own. The target excludes all but the Swift files in them.
    private static let folders = [
        "VoiceMonitoring": ["Prices"],
        "VoiceMonitoringServer": ["Clients/Files", "Dashboard/Files", "OpenAPI"],
    ]

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = target.directoryURL
        let files = try Self.folders[target.name, default: []].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path).sorted()
                .map { "\(folder)/\($0)" }
                .filter { !root.appending(path: $0).hasDirectoryPath && $0.contains(".") && !$0.hasSuffix(".swift") }
        }
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) files",
                executable: try context.tool(named: "embed-files").url,
                arguments: [output.path, root.path] + files,
                inputFiles: files.map { root.appending(path: $0) },
                outputFiles: [output])
        ]
    }
}
