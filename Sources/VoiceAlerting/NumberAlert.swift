import VoiceMonitoring

/// The alerts on one number of the table: one for each of its thresholds.
struct NumberAlert {
    /// What SPEC says of one threshold.
    struct Grade {
        /// The name of SPEC's alert, or of the metric in whose row the threshold stands.
        var specRule: String
        /// SPEC's message, with the bound in its place.
        var summary: @Sendable (_ bound: String) -> String
    }

    let number: NumberID
    /// The beginning of the alerts' names.
    let name: String
    /// What the name of the warning ends in.
    var warningSuffix = "High"
    let symptom: String
    /// The number in a sentence, for example `The mean jitter`.
    let meaning: String
    /// What is said of a threshold that SPEC does not have.
    let grade: Grade
    var warning: Grade?
    var critical: Grade?

    var section: SectionSlug? {
        number.rawValue.split(separator: ".").first.flatMap { SectionSlug(rawValue: String($0)) }
    }

    /// The recordings of the number, and an alert for each threshold that the table has; a number with neither warning
    /// nor critical bound is held against its target.
    func rules(_ numbers: NumberTable) -> RuleGroup {
        guard let number = numbers[number], let thresholds = number.thresholds else { return RuleGroup(name: "") }
        let grades: [(AlertRule.Severity, String, Grade, Double?, String)] = [
            (.warning, warningSuffix, warning ?? grade, thresholds.warning, "5m"),
            (.critical, "Critical", critical ?? grade, thresholds.critical, "1m"),
        ]
        let isJudged = thresholds.warning != nil || thresholds.critical != nil
        let targets = isJudged ? [] : [(AlertRule.Severity.info, "AboveTarget", grade, thresholds.target, "15m")]
        let alerts = (grades + targets).compactMap { severity, suffix, grade, bound, holdsFor in
            bound.map { bound in
                AlertRule(
                    name: name + suffix, severity: severity, symptom: symptom,
                    expression: condition(number, thresholds.direction, bound), holdsFor: holdsFor,
                    specRule: grade.specRule, summary: grade.summary(Quantity(unit: number.unit).text(bound)),
                    description: description(number, severity, bound))
            }
        }
        return RuleGroup(name: "", recordings: recordings(number), alerts: alerts)
    }

    private func recordings(_ number: MonitoredNumber) -> [RuleGroup.Recording] {
        guard number.window != .now else { return [] }
        let own = RuleGroup.Recording(name: recorded(number, level: "instance"), expression: number.promQL)
        let fleet = number.fleetPromQL.map {
            RuleGroup.Recording(name: recorded(number, level: "job"), expression: $0)
        }
        return [own] + (fleet.map { [$0] } ?? [])
    }

    /// `level:metric:operations`, with the number's own name as the metric; its unit is that of the JSON.
    private func recorded(_ number: MonitoredNumber, level: String) -> String {
        let metric = number.id.rawValue.split(separator: ".").joined(separator: "_")
        return "\(level):amplifier_voice_\(metric):\(number.window.rawValue)"
    }

    private func condition(
        _ number: MonitoredNumber, _ direction: Thresholds.Direction, _ bound: Double
    ) -> String {
        let isAbove = direction == .above
        // A gauge is read over a minute, so that one failed scrape does not begin the wait anew.
        let value =
            number.window == .now
            ? "\(isAbove ? "min" : "max")_over_time(\(number.promQL)[1m])" : recorded(number, level: "instance")
        let comparison = "\(value) \(isAbove ? ">" : "<") \(Quantity.number(bound))"
        return number.guardPromQL.map { "\(comparison)\nand \($0)" } ?? comparison
    }

    private func description(_ number: MonitoredNumber, _ severity: AlertRule.Severity, _ bound: Double) -> String {
        let quantity = Quantity(unit: number.unit)
        let grade = severity == .info ? "target" : "\(severity.rawValue) threshold"
        return "\(meaning) of {{ $labels.instance }}\(number.window.phrase) is \(quantity.template), "
            + "\(number.thresholds?.direction.rawValue ?? "beyond") the \(grade) of \(quantity.text(bound))."
    }
}

extension MonitoredNumber.Window {
    fileprivate var phrase: String {
        switch self {
        case .now: ""
        case .lastFiveMinutes: " over the last 5 minutes"
        case .lastHour: " over the last hour"
        case .lastDay: " over the last 24 hours"
        case .sinceStart: " since the start"
        case .today: " today"
        }
    }
}
