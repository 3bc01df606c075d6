public import VoiceMonitoring

/// The recording and alert rules for Prometheus: a pure function of the table of numbers.
public struct AlertRules: Sendable {
    /// A file of rules.
    public struct File: Equatable, Sendable {
        /// The section's slug, `budget` or `exporter`, with the extension `yaml`.
        public let name: String
        /// The YAML.
        public let text: String
    }

    private let numbers: NumberTable
    private let runbook: String

    /// Rules for the thresholds of a table.
    ///
    /// - Parameter runbook: Where the runbook is; the annotation `runbook_url` is this and the alert's heading.
    public init(_ numbers: NumberTable, runbook: String) {
        self.numbers = numbers
        self.runbook = runbook
    }

    /// One file for each section that has rules, one for the error budget, and one for the exporter itself.
    public var files: [File] {
        groups.map { File(name: "\($0.name).yaml", text: text([$0])) }
    }

    /// All rules in one file.
    public var text: String { text(groups) }

    /// The groups in the order of the sections; a section without a threshold has none.
    var groups: [RuleGroup] {
        let sections = SectionSlug.allCases.map { section in
            let alerts = AlertCatalogue.numbers.filter { $0.section == section }
            let judged = alerts.reduce(RuleGroup(name: section.rawValue)) { $0 + $1.rules(numbers) }
            return judged + RuleGroup(name: section.rawValue, alerts: AlertCatalogue.alerts(of: section))
        }
        let budget = numbers.firstAudioObjective.map { FirstAudioBudget($0).rules }
        let exporter = RuleGroup(name: "exporter", alerts: AlertCatalogue.exporter)
        return (sections + [budget, exporter].compactMap(\.self)).filter { !$0.alerts.isEmpty }
    }

    private func text(_ groups: [RuleGroup]) -> String {
        """
        # Printed by "amplifier-voice-exporter rules". Do not edit: print your own for other thresholds.

        """ + YAML.mapping([("groups", .list(groups.map { $0.yaml(runbook: runbook) }))]).text
    }
}
