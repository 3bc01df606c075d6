import VoiceMonitoring

/// Alerts on how fast the error budget of an objective is used up: over a long window, which makes them sure, and over
/// a short one, which ends them soon (multi-window, multi-burn-rate alerts as the Google SRE workbook describes them).
struct FirstAudioBudget {
    private struct Burn {
        let long: String
        let short: String
        /// How many times faster than the objective allows.
        let factor: Double
    }

    private static let critical = [
        Burn(long: "1h", short: "5m", factor: 14.4), Burn(long: "6h", short: "30m", factor: 6),
    ]
    private static let warning = [
        Burn(long: "1d", short: "2h", factor: 3), Burn(long: "3d", short: "6h", factor: 1),
    ]
    private static let minimumSamples = 100
    private static let family = "amplifier_voice_time_to_first_audio_seconds"

    private let objective: FirstAudioObjective

    init(_ objective: FirstAudioObjective) {
        self.objective = objective
    }

    var rules: RuleGroup {
        RuleGroup(
            name: "budget",
            recordings: ["5m", "30m", "1h", "2h", "6h", "1d", "3d"].map { window in
                RuleGroup.Recording(name: Self.slow(window), expression: slowShare(window))
            },
            alerts: [
                alert("High", .warning, Self.warning, holdsFor: "5m"),
                alert("Critical", .critical, Self.critical, holdsFor: "1m"),
            ],
            // Each evaluation reads three days of samples: four times as often would be the dearest of all rules.
            interval: "1m")
    }

    private func alert(
        _ suffix: String, _ severity: AlertRule.Severity, _ burns: [Burn], holdsFor: String
    ) -> AlertRule {
        let bound = Quantity(unit: .seconds).text(objective.bound)
        return AlertRule(
            name: "VoiceFirstAudioBudgetBurn\(suffix)", severity: severity, symptom: "first_audio_budget",
            expression: burns.map(condition).joined(separator: "\nor "), holdsFor: holdsFor,
            summary: "Error budget of first audio within \(bound) burns too fast",
            description: "{{ $value | humanizePercentage }} of the turns of {{ $labels.instance }} "
                + "got their first audio later than \(bound); the objective allows \(allowance).")
    }

    private var budget: Double { ((1 - objective.share) * 1000).rounded() / 1000 }

    private var allowance: String { Quantity(unit: .percent).text(100 * budget) }

    private func condition(_ burn: Burn) -> String {
        let bound = Quantity.number((burn.factor * budget * 1000).rounded() / 1000)
        return "(\(Self.slow(burn.long)) > \(bound) and \(Self.slow(burn.short)) > \(bound)\n"
            + "and increase(\(Self.family)_count[\(burn.long)]) >= \(Self.minimumSamples))"
    }

    private static func slow(_ window: String) -> String {
        "instance:amplifier_voice_first_audio_slow:ratio_\(window)"
    }

    /// The share of turns that were not in time; none where there was no turn.
    private func slowShare(_ window: String) -> String {
        "(increase(\(Self.family)_count[\(window)]) "
            + "- sum without (le) (increase(\(Self.family)_bucket{\(bucket)}[\(window)]))) "
            + "/ (increase(\(Self.family)_count[\(window)]) > 0)"
    }

    /// A whole bound is written with or without a fraction, depending on who stored it.
    private var bucket: String {
        Int(exactly: objective.bound).map { #"le=~"\#($0)([.]0)?""# } ?? #"le="\#(objective.bound)""#
    }
}
