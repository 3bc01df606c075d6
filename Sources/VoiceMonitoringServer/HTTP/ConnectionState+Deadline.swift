extension ConnectionState.Deadline {
    /// How long after it was set it passes.
    func length(in configuration: ServerConfiguration) -> Duration {
        switch self {
        case .head: configuration.headDeadline
        case .request: configuration.requestDeadline
        case .response: configuration.responseDeadline
        case .idle: configuration.idleTimeout
        case .linger: configuration.lingerTime
        }
    }
}
