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
