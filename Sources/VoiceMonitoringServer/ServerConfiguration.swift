/// Where the server listens and how much it takes.
public struct ServerConfiguration: Sendable {
    /// The address to listen on.
    public var address: ListenAddress
    /// The largest request body, in bytes.
    public var maximumBodySize = 1 << 20
    /// The most events in one request.
    public var maximumEventCount = 10_000
    /// The most streams at once; one more is answered 503.
    public var maximumStreamCount = 1_000
    /// How often the stream sends a message.
    public var streamInterval = Duration.seconds(2)
    /// How long a client may take to read one message before its stream is closed.
    public var writeDeadline = Duration.seconds(5)
    /// How long a connection may be silent between requests and within one.
    public var idleTimeout = Duration.seconds(60)
    /// How long running requests may take to finish after the order to stop.
    public var drainDeadline = Duration.seconds(1)

    /// The defaults, at an address.
    public init(address: ListenAddress) {
        self.address = address
    }
}
