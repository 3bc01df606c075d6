import VoiceMonitoring

extension AlertCatalogue {
    /// SPEC section 4, its messages from section 10 and from the column "Action".
    static let errorsNumbers = [
        NumberAlert(
            number: .errorRate, name: "VoiceErrorRate", symptom: "error_rate", meaning: "The error rate",
            grade: .init(specRule: "errors.rate_total") { "Error rate exceeds \($0)" },
            warning: .init(specRule: "high_error_rate") { "Error rate exceeds \($0)" },
            critical: .init(specRule: "critical_error_rate") {
                "Error rate exceeds \($0) - investigate immediately"
            }),
        NumberAlert(
            number: .sessionFailureRate, name: "VoiceSessionFailure", symptom: "session_failure",
            meaning: "The share of failed sessions",
            grade: .init(specRule: "errors.session_failure_rate") { "Session failure rate exceeds \($0)" },
            warning: .init(specRule: "high_session_failure") { "Session failure rate exceeds \($0)" }),
        category(.infrastructureErrorRate, "Infrastructure", "infrastructure", "check network, WebRTC"),
        category(.openaiAPIErrorRate, "OpenAIAPI", "openai_api", "check rate limits, API status"),
        category(.amplifierErrorRate, "Amplifier", "amplifier", "check bundle, tool health"),
        category(.audioErrorRate, "Audio", "audio", "check codec, audio pipeline"),
        category(.sessionErrorRate, "Session", "session", "check session lifecycle"),
    ]

    /// What raw Realtime events tell of failures that raise no error anywhere.
    static let errors = [
        AlertRule(
            name: "VoiceResponsesFailing", severity: .warning, symptom: "responses_failing",
            expression:
                #"sum without (status) (increase(amplifier_voice_responses_total{status=~"failed|incomplete"}[5m]))"#
                + "\n/ \(responses) > 0.1\nand \(responses) >= 20",
            holdsFor: "5m", summary: "Responses of the model fail or are cut short",
            description: "{{ $value | humanizePercentage }} of the model's responses of {{ $labels.instance }} "
                + "over the last 5 minutes failed or are incomplete."),
        // What is left goes down and is refilled all the time: only what is half gone can run out.
        AlertRule(
            name: "VoiceRateLimitExhaustion", severity: .warning, symptom: "rate_limit",
            expression: "predict_linear(amplifier_voice_rate_limit_remaining[5m], 300) < 0\n"
                + "and amplifier_voice_rate_limit_remaining / amplifier_voice_rate_limit_maximum < 0.5",
            holdsFor: "1m", summary: "A rate limit of the Realtime API is about to be used up",
            description: "At this pace the limit of {{ $labels.limit }} of {{ $labels.instance }} is used up "
                + #"within 5 minutes: {{ printf "%.0f" $value }} would be left then."#),
    ]

    private static let responses = "sum without (status) (increase(amplifier_voice_responses_total[5m]))"

    private static func category(
        _ number: NumberID, _ name: String, _ category: String, _ action: String
    ) -> NumberAlert {
        NumberAlert(
            number: number, name: "Voice\(name)Errors", symptom: "\(category)_errors",
            meaning: "The rate of errors in the category \(category)",
            grade: .init(specRule: "errors.rate_by_category") {
                "Error rate of \(category) exceeds \($0) - \(action)"
            })
    }
}
