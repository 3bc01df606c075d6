/// Follows how the answer to one request goes out. Sent to a connection as an outbound event before the answer is
/// written, it is held until the client has the answer or the connection ends.
protocol ResponseObserver: AnyObject, Sendable {
    /// The client does not take the whole answer at once.
    func responseStalled()
}
