import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PrometheusMetrics

/// `GET /metrics`: the exposition of everything registered, in the format and encoding that the scraper asks for.
struct ExpositionRoute: Sendable {
    let registry: Registry
    let instruments: ScrapeInstruments
    let limiter: ScrapeLimiter

    func respond(to request: Request, context: MonitoringRequestContext) throws -> Response {
        let accept = request.headers[values: .accept].joined(separator: ",")
        let negotiated = NegotiatedFormat(accept: accept)
        guard let place = limiter.enter(context.channel) else {
            instruments.countRefused(negotiated.format)
            throw RequestFailure.unavailable(.tooManyScrapes, "There are too many scrapes at once.")
        }
        // The connection holds the place from now on.
        context.channel.triggerUserOutboundEvent(place, promise: nil)
        let compressed = request.wantsGzip
        let bytes = try instruments.measure(negotiated.format) {
            try exposition(in: negotiated.format, compressed: compressed)
        }
        var headers: HTTPFields = [.contentType: negotiated.contentType, .vary: "Accept, Accept-Encoding"]
        if compressed { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    private func exposition(in format: ExpositionFormat, compressed: Bool) throws -> ByteBuffer {
        let exposition = registry.exposition(format)
        instruments.count(exposition)
        return compressed ? try Gzip.compress(exposition) : ByteBuffer(bytes: exposition)
    }
}
