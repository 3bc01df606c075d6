import Testing

@testable import VoiceAlerting
@testable import VoiceMonitoring

@Suite struct AlertRulesTests {
    /// The table with other thresholds for one number.
    private static func table(_ id: NumberID, _ thresholds: Thresholds?) -> NumberTable {
        NumberTable(
            rows: NumberTable().rows.map { row in
                guard row.id == id else { return row }
                return MonitoredNumber(
                    id: row.id, unit: row.unit, window: row.window, minimumSamples: row.minimumSamples,
                    thresholds: thresholds, promQL: row.promQL, guardPromQL: row.guardPromQL,
                    fleetPromQL: row.fleetPromQL)
            })
    }

    private static func alerts(_ numbers: NumberTable) -> [AlertRule] {
        AlertRules(numbers, runbook: "https://wiki.example/voice").groups.flatMap(\.alerts)
    }

    @Test func `other thresholds give other bounds and other words`() throws {
        let numbers = Self.table(.ttfaP95, .above(warning: 900, critical: 1750.5))
        let alerts = Self.alerts(numbers)
        let warning = try #require(alerts.first { $0.name == "VoiceTTFAP95High" })
        #expect(warning.expression.hasPrefix("instance:amplifier_voice_latency_ttfa_p95:5m > 900\n"))
        #expect(warning.summary == "TTFA P95 exceeds 900ms")
        #expect(warning.description.hasSuffix("above the warning threshold of 900ms."))
        let critical = try #require(alerts.first { $0.name == "VoiceTTFAP95Critical" })
        #expect(critical.expression.hasPrefix("instance:amplifier_voice_latency_ttfa_p95:5m > 1750.5\n"))
        #expect(critical.summary == "TTFA P95 exceeds 1.7505s - user experience degraded")
    }

    @Test func `a threshold that is not there gives no alert, and a new one does`() {
        let names = Set(Self.alerts(NumberTable()).map(\.name))
        let others = Set(Self.alerts(Self.table(.jitter, .above(critical: 90))).map(\.name))
        #expect(names.subtracting(others) == ["VoiceJitterHigh"])
        #expect(others.subtracting(names) == ["VoiceJitterCritical"])
    }

    @Test func `a number without thresholds has no rule at all`() {
        let numbers = Self.table(.jitter, nil)
        #expect(!AlertRules(numbers, runbook: "").text.contains("jitter"))
    }

    @Test(arguments: [(1200.0, 1.2), (1199.9, 1), (1999, 1.5), (2000, 2), (100, 0.1), (1e9, 10)])
    func `the objective is taken down to a bucket bound`(warning: Double, bound: Double) throws {
        let objective = try #require(Self.table(.ttfaP95, .above(warning: warning)).firstAudioObjective)
        #expect(objective.bound == bound)
        #expect(objective.share == 0.95)
    }

    @Test func `without a bucket bound for its objective there is no budget`() {
        let names = Self.alerts(Self.table(.ttfaP95, .above(warning: 99))).map(\.name)
        #expect(!names.contains { $0.contains("Budget") })
    }

    @Test func `a whole bound matches both ways to write it`() {
        let text = AlertRules(Self.table(.ttfaP95, .above(warning: 2000)), runbook: "").text
        #expect(text.contains(#"amplifier_voice_time_to_first_audio_seconds_bucket{le=~"2([.]0)?"}[1h]"#))
    }

    @Test func `every threshold of the table has an alert`() {
        let judged = NumberTable().rows.filter { $0.thresholds != nil }.map(\.id.rawValue)
        #expect(AlertCatalogue.numbers.map(\.number.rawValue).sorted() == judged.sorted())
    }

    @Test func `a guard asks for as many samples as the table`() throws {
        for row in NumberTable().rows where row.minimumSamples > 0 {
            #expect(try #require(row.guardPromQL).contains(">= \(row.minimumSamples)"))
        }
    }

    @Test func `without a budget there is no file of it, and the others are evaluated as often as before`() {
        let groups = AlertRules(Self.table(.ttfaP95, .above(warning: 99)), runbook: "").groups
        #expect(!groups.map(\.name).contains("budget"))
        #expect(Set(groups.map(\.interval)) == ["15s"])
    }

    @Test func `each section's rules are a file of its name`() {
        let files = AlertRules(NumberTable(), runbook: "").files
        #expect(
            files.map(\.name) == [
                "sessions.yaml", "latency.yaml", "tools.yaml", "errors.yaml", "audio.yaml", "amplifier.yaml",
                "budget.yaml", "exporter.yaml",
            ])
    }
}
