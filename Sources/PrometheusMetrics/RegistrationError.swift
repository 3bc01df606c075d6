/// What is wrong with a family that a program tried to register.
///
/// It is thrown before anything is registered, so a registry never holds half a collector.
public struct RegistrationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The reasons for which a family is refused.
    public enum Reason: Equatable, Sendable {
        /// The family's name is not `[a-zA-Z_][a-zA-Z0-9_]*`.
        case invalidName(String)
        /// The name does not fit the family's type, for instance a counter without `_total`.
        case nameDoesNotFitType(String, type: MetricType)
        /// A label's name is malformed, reserved, or begins with an underscore.
        case invalidLabelName(String, family: String)
        /// A label's name appears twice in one family.
        case duplicateLabelName(String, family: String)
        /// The help text is empty.
        case missingHelp(String)
        /// Two families would print a sample of the same name.
        case clash(String, with: String)
        /// The bucket bounds are empty, not finite, not ascending, or end in infinity.
        case invalidBuckets([Double])
        /// A family would have no place for a child.
        case invalidLimit(Int, family: String)
    }

    /// The reason, for programs.
    public let reason: Reason

    init(_ reason: Reason) {
        self.reason = reason
    }

    /// The reason as a sentence that says what to change.
    public var description: String {
        switch reason {
        case .invalidName(let name):
            "The metric name \"\(name)\" is invalid: use letters, digits and underscores, not beginning with a digit."
        case .nameDoesNotFitType(let name, .counter):
            "The counter \"\(name)\" must end in _total."
        case .nameDoesNotFitType(let name, .info):
            "The info \"\(name)\" must end in _info."
        case .nameDoesNotFitType(let name, let type):
            "The \(type.rawValue) \"\(name)\" must not end in _total, _bucket, _count, _sum or _created."
        case .invalidLabelName(let name, let family):
            "The label \"\(name)\" of \"\(family)\" is invalid or reserved: use letters, digits and underscores, "
                + "beginning with a letter, and neither \"le\" on a histogram nor \"quantile\" on a summary."
        case .duplicateLabelName(let name, let family):
            "The label \"\(name)\" appears twice in \"\(family)\": rename one of the two."
        case .missingHelp(let name):
            "The metric \"\(name)\" has no help text: say in one sentence what it counts and in which unit."
        case .clash(let name, let other):
            "The metric \"\(name)\" would print samples that \"\(other)\" prints already: rename one of the two."
        case .invalidBuckets(let bounds):
            "The bucket bounds \(bounds) are invalid: give at least one, all finite and strictly ascending; "
                + "the +Inf bucket is added by itself."
        case .invalidLimit(let count, let family):
            "The limit \(count) of \"\(family)\" leaves no place for a child: give at least 1."
        }
    }
}
