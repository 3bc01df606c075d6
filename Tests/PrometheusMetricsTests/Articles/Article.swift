import FoundationEssentials

/// An article of the documentation.
struct Article {
    /// Its blocks of Swift.
    let samples: [Substring]
    /// Its other blocks, which say what is printed.
    let outputs: [Substring]

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    private static let folder = (0..<3).reduce(tests) { url, _ in url.deletingLastPathComponent() }
        .appending(path: "Sources/PrometheusMetrics/PrometheusMetrics.docc")

    init(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: name + ".md"), encoding: .utf8)
        // What stands between two fences has an odd place.
        let blocks = text.split(separator: "```", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map(\.element)
        samples = blocks.filter { $0.hasPrefix("swift\n") }.map { $0.dropFirst("swift\n".count) }
        outputs = blocks.filter { $0.hasPrefix("\n") }.map { $0.dropFirst() }
    }

    /// The articles there are.
    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") }
                .map { String($0.dropLast(3)) }.sorted()
        }
    }

    /// The code that is compiled for an article.
    static func source(_ name: String) throws -> String {
        try String(contentsOf: tests.appending(path: name + ".swift"), encoding: .utf8)
    }
}

extension StringProtocol {
    /// The text without the indentation of its lines.
    var withoutIndentation: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0.drop { $0 == " " }) }
            .joined(separator: "\n")
    }
}
