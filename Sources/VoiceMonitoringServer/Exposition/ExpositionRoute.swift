import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PrometheusMetrics

/// `GET /metrics`: the exposition of everything registered, in the format and encoding that the scraper asks for.
struct ExpositionRoute: Sendable {
    let registry: Registry
    let instruments: ScrapeInstruments
    /// The most scrapes at once.
    let maximumScrapeCount: Int

    func respond(to request: Request, context: MonitoringRequestContext) throws -> Response {
        let accept = request.headers[values: .accept].joined(separator: ",")
        let negotiated = NegotiatedFormat(accept: accept)
        let response = try instruments.scrape(limit: maximumScrapeCount, format: negotiated.format) {
            try respond(in: negotiated, compressed: request.wantsGzip)
        }
        guard let response else {
            throw RequestFailure.unavailable(.tooManyScrapes, "There are too many scrapes at once.")
        }
        return response
    }

    private func respond(in negotiated: NegotiatedFormat, compressed: Bool) throws -> Response {
        let exposition = registry.exposition(negotiated.format)
        instruments.count(exposition)
        var headers: HTTPFields = [.contentType: negotiated.contentType, .vary: "Accept, Accept-Encoding"]
        if compressed { headers[.contentEncoding] = "gzip" }
        let body = compressed ? try Gzip.compress(exposition) : ByteBuffer(bytes: exposition)
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
