import FoundationEssentials
import Testing

@testable import VoiceMonitoring

/// The README's table of the specification's names says what the table of numbers says.
@Suite struct ReadmeTests {
    /// The right column of the table, with the prefix that it shortens.
    private static func queries() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let section = text.split(separator: "### Every name of the specification\n").dropFirst().first ?? ""
        return section.split(separator: "\n## ")[0].split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
            .flatMap { line in
                line.split(separator: " | ")[1].split(separator: "`").filter { $0.contains("V_") }
            }
            .map { $0.replacing(" V_", with: " amplifier_voice_").replacing("(V_", with: "(amplifier_voice_") }
            .map { $0.hasPrefix("V_") ? "amplifier_voice_" + $0.dropFirst(2) : $0 }
    }

    @Test func `every query of the table is that of a number, and every series is a family's`() throws {
        let numbers = Set(NumberTable().rows.map(\.promQL))
        let families = Set(Monitor().families.map { $0.name })
        let queries = try Self.queries()
        #expect(queries.count > 25)
        for query in queries {
            #expect(numbers.contains(query) || families.contains(query), "\(query)")
        }
    }
}
