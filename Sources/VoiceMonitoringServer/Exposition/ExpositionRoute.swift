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
        // HEAD comes here as well, and its answer is made out of that to GET.
        let scrape = ScrapeRequest(headers: request.headers.map { ($0.name.rawName, $0.value) })
        guard let place = limiter.enter(context.channel) else {
            instruments.countRefused(scrape.format.format)
            throw RequestFailure.unavailable(.tooManyScrapes, "There are too many scrapes at once.")
        }
        // The connection holds the place from now on.
        context.channel.triggerUserOutboundEvent(place, promise: nil)
        let answer = try instruments.measure(scrape.format.format) {
            try registry.respond(to: scrape) { Array(buffer: try Gzip.compress($0)) }
        }
        instruments.setSeries(answer.sampleCount)
        return Response(answer)
    }
}

extension Response {
    fileprivate init(_ answer: ScrapeResponse) {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers[name] = value
        }
        self.init(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
