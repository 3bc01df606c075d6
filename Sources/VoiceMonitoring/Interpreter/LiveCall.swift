/// A tool call that has begun and not ended.
struct LiveCall: Codable, Sendable {
    var start: ToolCallStart
    /// The tool's name as a label value.
    var tool: String
    var session: String?
    /// The life of the session in which the call began: an id can be opened anew.
    var sessionLife: Int?
    var started: WallTime
    /// How long it waited before it began, in milliseconds.
    var queueWait: Double?
}
