import Testing

@testable import VoiceMonitoring

/// The Grafana dashboard shows the numbers of the one table: a query is named after its number.
@Suite struct GrafanaTests {
    private let dashboard: GrafanaDashboard
    private let table = NumberTable()

    init() throws {
        dashboard = try GrafanaDashboard.load()
    }

    @Test func `a query named after a number is the table's`() {
        for (panel, target) in dashboard.queries {
            guard let id = NumberID(rawValue: target.refId) else { continue }
            #expect(target.promQL == table[id]?.promQL, "\(panel.title)")
        }
    }

    @Test func `a query of the whole fleet is the table's`() throws {
        let fleet = dashboard.queries.filter { $0.target.refId.hasPrefix("fleet.") }
        #expect(fleet.map(\.target.refId) == ["fleet.ttfa_p95", "fleet.turn_p95"])
        for (_, target) in fleet {
            let id = try #require(NumberID(rawValue: target.refId.replacing("fleet.", with: "latency.")))
            #expect(target.promQL == table[id]?.fleetPromQL)
        }
    }

    @Test func `a query that is a number's is named after it`() {
        let numbers = Dictionary(table.rows.map { ($0.promQL, $0.id.rawValue) }) { first, _ in first }
        for (panel, target) in dashboard.queries {
            #expect(numbers[target.promQL] ?? target.refId == target.refId, "\(panel.title)")
        }
    }

    @Test func `every number is shown`() {
        let shown = Set(dashboard.queries.map(\.target.refId))
        #expect(NumberID.allCases.map(\.rawValue).filter { !shown.contains($0) } == [])
    }

    @Test func `a number has its unit`() throws {
        for (panel, target) in dashboard.queries where panel.type != "timeseries" {
            guard let id = NumberID(rawValue: target.refId), let unit = table[id]?.unit else { continue }
            let shown = try #require(panel.fieldConfig).unit(of: panel.names(of: target))
            #expect(shown == Self.grafana(unit), "\(panel.title) \(target.refId)")
        }
    }

    /// Grafana's steps begin at their value, where SPEC's bounds still belong to the good side: it knows no other way.
    @Test func `a number's colours change at its thresholds`() throws {
        for (panel, target) in dashboard.queries where panel.type != "timeseries" {
            guard let id = NumberID(rawValue: target.refId), let thresholds = table[id]?.thresholds else { continue }
            let shown = try #require(panel.fieldConfig).steps(of: panel.names(of: target))
            #expect(shown.steps == Self.steps(thresholds), "\(panel.title) \(target.refId)")
        }
    }

    @Test func `the trend's dashed lines are the thresholds of the time to first audio`() throws {
        let (trend, _) = try #require(dashboard.queries.first { $0.panel.title == "Latency: trend (1h)" })
        let thresholds = try #require(table[.ttfaP95]?.thresholds)
        #expect(trend.fieldConfig?.defaults.thresholds.steps == Self.steps(thresholds))
    }

    private static func grafana(_ unit: MonitoredNumber.Unit) -> String {
        switch unit {
        case .count, .score: "none"
        case .milliseconds: "ms"
        case .seconds: "s"
        case .percent: "percent"
        case .ratio: "percentunit"
        case .perMinute: "suffix:/min"
        case .kilobitsPerSecond: "Kbits"
        case .dollars: "currencyUSD"
        case .dollarsPerMinute: "suffix: USD/min"
        }
    }

    /// SPEC section 7: green, amber and red; what only misses a target is gray.
    private static func steps(_ thresholds: Thresholds) -> [GrafanaDashboard.Panel.Steps.Step] {
        func step(_ color: String, _ value: Double?) -> GrafanaDashboard.Panel.Steps.Step? {
            value.map { .init(color: color, value: $0) }
        }
        let isJudged = thresholds.warning != nil || thresholds.critical != nil
        let bounds =
            switch thresholds.direction {
            case .above where isJudged: [step("#F59E0B", thresholds.warning), step("#EF4444", thresholds.critical)]
            case .above: [step("#6B7280", thresholds.target)]
            case .below: [step("#F59E0B", thresholds.critical), step("#10B981", thresholds.warning)]
            }
        let best = thresholds.direction == .above ? "#10B981" : thresholds.critical == nil ? "#F59E0B" : "#EF4444"
        return [.init(color: best, value: nil)] + bounds.compactMap { $0 }
    }
}
