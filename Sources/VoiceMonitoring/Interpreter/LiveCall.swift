/// A tool call that has begun and not ended.
struct LiveCall: Codable, Sendable {
    var start: ToolCallStart
    /// The tool's name as a label value.
    var tool: String
    var session: String?
    var started: WallTime
}
