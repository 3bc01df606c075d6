/// The address of one turn of a conversation.
struct TurnKey: Hashable, Codable, Sendable {
    /// The session; none where the sender named only the turn.
    var session: String?
    /// The turn within the session.
    var turnID: String
}
