import FoundationEssentials
import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

/// The README's table of the specification's names says what the table of numbers says.
@Suite struct ReadmeTests {
    @Test func `every query of the table is that of a number, and every series is a family's`() throws {
        let numbers = Set(NumberTable().rows.map(\.promQL))
        let families = Set(Monitor().families.map(\.name))
        let queries = try Self.queries()
        #expect(queries.count > 25)
        for query in queries {
            #expect(numbers.contains(query) || families.contains(query), "\(query)")
        }
    }

    /// The right column of the table, with the prefix that it shortens.
    private static func queries() throws -> [String] {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let heading = "### Every name of the specification\n"
        let start = try #require(text.firstRange(of: heading)).upperBound
        let rows = text[start...].prefix { $0 != "#" }.split(separator: "\n").filter { $0.hasPrefix("| `") }
        var queries: [String] = []
        for row in rows {
            let cell: Substring = row.split(separator: " | ")[1]
            queries += cell.split(separator: "`").filter { $0.contains("V_") }.map(Self.spelledOut)
        }
        return queries
    }

    private static func spelledOut(_ query: Substring) -> String {
        var text = String(query).replacing(" V_", with: " amplifier_voice_")
        text = text.replacing("(V_", with: "(amplifier_voice_")
        return text.hasPrefix("V_") ? "amplifier_voice_" + text.dropFirst(2) : text
    }
}
