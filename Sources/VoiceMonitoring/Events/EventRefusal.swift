/// Why an event was refused: the field that is wrong and what is wrong with it.
public struct EventRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The reasons, a closed list, for the counter of refusals.
    public enum Reason: String, CaseIterable, Sendable {
        /// The bytes are not one JSON value.
        case invalidJSON = "invalid_json"
        /// A required field is missing or null.
        case missingField = "missing_field"
        /// A field has another JSON type.
        case wrongType = "wrong_type"
        /// A number or a string is outside its bounds.
        case outOfRange = "out_of_range"
        /// A field that has a closed list of values has another.
        case unknownValue = "unknown_value"
        /// The event's `type` is not known.
        case unknownType = "unknown_type"
    }

    /// The reason.
    public let reason: Reason
    /// The name of the field; none where the event as a whole could not be read.
    public let field: String?
    /// What the field must be, as a sentence about it.
    public let message: String

    /// Creates a refusal.
    public init(_ reason: Reason, field: String?, _ message: String) {
        self.reason = reason
        self.field = field
        self.message = message
    }

    /// The field and the message.
    public var description: String {
        field.map { "\($0) \(message)" } ?? message
    }
}
