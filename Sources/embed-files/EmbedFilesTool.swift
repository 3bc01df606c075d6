import FoundationEssentials

/// Writes a Swift source that holds text files as `EmbeddedFile.all`, each with its path within the module's sources.
/// Arguments: the output, the folder that the files' paths begin at, and the paths.
@main
enum EmbedFilesTool {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first, let root = arguments.dropFirst().first else { throw Failure.usage }
        let entries = try arguments.dropFirst(2).map { path in try entry(path, in: root) }
        let source = """
            struct EmbeddedFile: Sendable {
            let path: StaticString
            let text: StaticString
            static let all: [EmbeddedFile] = [
            \(entries.joined())]
            }

            """
        try Data(source.utf8).write(to: URL(filePath: output))
    }

    private static func entry(_ path: String, in root: String) throws -> String {
        let bytes = try Data(contentsOf: URL(filePath: "\(root)/\(path)"))
        // A source file holds neither of them as it is.
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains(where: { "\0\r\r\n".contains($0) })
        else { throw Failure.notPlainText(path) }
        let fence = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
        let literal = "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
        return "EmbeddedFile(path: \"\(path)\", text: \(literal)),\n"
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        text.split { $0 != character }.map(\.count).max() ?? 0
    }

    private enum Failure: Error {
        case usage
        /// The file is no UTF-8, or has a zero byte or a carriage return.
        case notPlainText(String)
    }
}
