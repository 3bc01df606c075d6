import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PrometheusMetrics

/// `GET /metrics`: the exposition of everything registered.
struct ExpositionRoute: Sendable {
    let registry: Registry

    func respond(to request: Request, context: MonitoringRequestContext) throws -> Response {
        let exposition = registry.exposition()
        var headers: HTTPFields = [
            .contentType: "text/plain; version=0.0.4; charset=utf-8", .vary: "Accept, Accept-Encoding",
        ]
        guard AcceptEncoding.wantsGzip(request.headers[.acceptEncoding]) else {
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: exposition)))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: try Gzip.compress(exposition)))
    }
}
