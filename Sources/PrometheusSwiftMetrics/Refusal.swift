public import PrometheusMetrics

/// An instrument of swift-metrics that cannot be shown.
public struct Refusal: Equatable, Sendable, CustomStringConvertible {
    /// Why it cannot be shown.
    public enum Reason: Error, Equatable, Sendable {
        /// The registry refuses its name, for instance since another family has it, or one of its dimensions.
        case registration(RegistrationError)
        /// There are too many names of its kind already.
        case tooManyNames
    }

    /// The label that its library gave it.
    public let label: String
    /// The reason, for programs.
    public let reason: Reason

    /// The label and the reason as a sentence.
    public var description: String {
        switch reason {
        case .registration(let error): "The metric \"\(label)\" of swift-metrics cannot be shown. \(error.description)"
        case .tooManyNames: "The metric \"\(label)\" of swift-metrics cannot be shown: there are too many names."
        }
    }
}
