extension RuleGroup {
    /// The group as Prometheus reads it.
    func yaml(runbook: String) -> YAML {
        .mapping([
            ("name", .string("amplifier-voice-\(name)")),
            ("interval", .string(interval)),
            ("rules", .list(recordings.map(\.yaml) + alerts.map { $0.yaml(runbook: runbook) })),
        ])
    }
}

extension RuleGroup.Recording {
    fileprivate var yaml: YAML {
        .mapping([("record", .string(name)), ("expr", .string(expression))])
    }
}

extension AlertRule {
    fileprivate func yaml(runbook: String) -> YAML {
        .mapping(
            [("alert", .string(name)), ("expr", .string(expression))]
                + (holdsFor.map { [("for", .string($0))] } ?? [])
                + [
                    ("labels", .mapping([("severity", .string(severity.rawValue)), ("symptom", .string(symptom))])),
                    ("annotations", .mapping(annotations(runbook))),
                ])
    }

    /// Headings of Markdown are linked in lower case.
    private func annotations(_ runbook: String) -> [(String, YAML)] {
        (specRule.map { [("spec_rule", .string($0))] } ?? [])
            + [
                ("summary", .string(summary)),
                ("description", .string(description)),
                ("runbook_url", .string("\(runbook)#\(name.lowercased())")),
            ]
    }
}
