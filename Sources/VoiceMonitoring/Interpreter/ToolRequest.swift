/// A tool call that the model asked for; it is remembered for a while after its end.
struct ToolRequest: Codable, Sendable {
    /// The tool's name as a label value; none while only the result was told.
    var tool: String?
    var session: String?
    /// The life of the session in which it was asked for.
    var sessionLife: Int?
    /// When it was asked for; none where its receipt may be far behind.
    var requested: Moment?
    /// The agent that the call delegates to.
    var agentName: String?
    /// Whether nothing was told yet that ends it.
    var isOpen = false
    /// Whether the model got the result.
    var isDelivered = false
}
