/// The answer to a request for the exposition, in no framework's types.
public struct ScrapeResponse: Sendable {
    /// The status code.
    public let status: Int
    /// The header fields. `Content-Length` is among them for HEAD only: a server knows that of a body it sends.
    public let headers: [(name: String, value: String)]
    /// The body; empty for HEAD.
    public let body: [UInt8]
    /// The number of samples in the exposition.
    public let sampleCount: Int
}

extension Registry {
    /// Answers a scrape: GET with the exposition in the format that it asks for, HEAD with the headers of that, and any
    /// other method with 405.
    ///
    /// Thread safe. It does not limit how many scrapes run at once; a server that others can reach should.
    public func respond(to request: ScrapeRequest) -> ScrapeResponse {
        respond(to: request, compressed: false) { $0 }
    }

    /// Answers a scrape, compressed where it asks for that.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - gzip: Compresses bytes in the gzip format (RFC 1952). This library has no compression of its own, since that
    ///     needs zlib; a fast level is the right one, since every scrape compresses anew.
    /// - Throws: What `gzip` throws.
    public func respond<Failure: Error>(
        to request: ScrapeRequest, gzip: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) -> ScrapeResponse {
        try respond(to: request, compressed: request.wantsGzip, gzip)
    }

    private func respond<Failure: Error>(
        to request: ScrapeRequest, compressed: Bool, _ compress: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) -> ScrapeResponse {
        guard request.method == "GET" || request.method == "HEAD" else { return .methodNotAllowed }
        var headers = [("Content-Type", request.format.contentType), ("Vary", "Accept, Accept-Encoding")]
        if compressed { headers.append(("Content-Encoding", "gzip")) }
        let exposition = render(request.format.format)
        var body = compressed ? try compress(exposition.bytes) : exposition.bytes
        if request.method == "HEAD" {
            headers.append(("Content-Length", String(body.count)))
            body = []
        }
        return ScrapeResponse(status: 200, headers: headers, body: body, sampleCount: exposition.sampleCount)
    }
}

extension ScrapeResponse {
    fileprivate static var methodNotAllowed: ScrapeResponse {
        ScrapeResponse(
            status: 405, headers: [("Allow", "GET, HEAD"), ("Content-Type", "text/plain; charset=utf-8")],
            body: Array("The metrics are read with GET.\n".utf8), sampleCount: 0)
    }
}
