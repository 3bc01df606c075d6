/// What an HTTP server knows of a request for the exposition, in no framework's types.
public struct ScrapeRequest: Equatable, Sendable {
    /// The method, in capitals.
    public let method: String
    /// The format that the scraper asks for.
    public let format: NegotiatedFormat
    /// Whether the scraper takes the answer compressed with gzip.
    public let wantsGzip: Bool

    /// Takes a request's method and header fields.
    ///
    /// - Parameters:
    ///   - method: The method, in capitals.
    ///   - headers: The fields as they came, with names in any case; several of one name count as one list.
    public init(method: String = "GET", headers: some Sequence<(name: String, value: String)>) {
        func list(_ name: String) -> String {
            headers.lazy.filter { $0.name.lowercased() == name }.map(\.value).joined(separator: ",")
        }
        self.method = method
        format = NegotiatedFormat(accept: list("accept"))
        wantsGzip = AcceptEncoding.wantsGzip(list("accept-encoding"))
    }
}
