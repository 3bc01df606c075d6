/// Where the server listens and how much it takes.
public struct ServerConfiguration: Sendable {
    /// The address to listen on.
    public var address: ListenAddress
    /// The origins whose pages may send events, besides the server's own.
    public var origins: Set<WebOrigin> = []
    /// The largest request body, in bytes.
    public var maximumBodySize = 1 << 20
    /// The most events in one request.
    public var maximumEventCount = 10_000
    /// The most fields in the head of a request.
    public var maximumHeaderCount = 64
    /// The largest name and the largest value of a field in the head of a request, and the longest path, in bytes.
    public var maximumHeaderFieldSize = 8 << 10
    /// The largest head of a request without its path, in bytes.
    public var maximumHeaderSize = 16 << 10
    /// The most connections at once; the next ones wait. It is lowered to what the limit of open files leaves.
    public var maximumConnectionCount = 4_096
    /// The most scrapes whose client has not got its answer. One more gets the place of the oldest whose client does
    /// not read; where there is none, it is answered 503.
    public var maximumScrapeCount = 40
    /// The most streams at once; one more is answered 503. It is lowered to half of the connections.
    public var maximumStreamCount = 1_000
    /// How long a client may take to read one message before its stream is closed.
    public var writeDeadline = Duration.seconds(5)
    /// How long the head of a connection's first request may take.
    public var headDeadline = Duration.seconds(10)
    /// How long a whole request may take, its body included.
    public var requestDeadline = Duration.seconds(10)
    /// How long a response may take that is no stream, until the client has taken it.
    public var responseDeadline = Duration.seconds(10)
    /// How long a connection is kept open between requests.
    public var idleTimeout = Duration.seconds(60)
    /// How long a client has to read a refusal while what it still sends is not read.
    public var lingerTime = Duration.milliseconds(500)
    /// How long running requests may take to finish after the order to stop.
    public var drainDeadline = Duration.seconds(1)

    /// Which program this is.
    public var build: BuildInfo

    /// The defaults, at an address.
    public init(address: ListenAddress, build: BuildInfo) {
        self.address = address
        self.build = build
    }

    /// The configuration with as many connections as a limit of open files leaves, and few enough streams that they
    /// never take the last connection from a scrape.
    func fitting(fileLimit: Int) -> ServerConfiguration {
        var fitting = self
        fitting.maximumConnectionCount = max(2, min(maximumConnectionCount, fileLimit - Self.ownFiles))
        fitting.maximumStreamCount = min(maximumStreamCount, fitting.maximumConnectionCount / 2)
        return fitting
    }

    /// Files that the process needs for itself.
    private static let ownFiles = 32
}
