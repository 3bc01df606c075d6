import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import PrometheusMetrics

extension Request {
    /// Whether the client takes gzip and prefers it to no coding.
    var wantsGzip: Bool {
        AcceptEncoding.wantsGzip(headers[values: .acceptEncoding].joined(separator: ","))
    }
}

extension Response {
    /// An answer that is compressed if its request asks for it.
    init(headers: HTTPFields, body: ByteBuffer, compressedFor request: Request) throws {
        var headers = headers
        headers[.vary] = (headers[values: .vary] + ["Accept-Encoding"]).joined(separator: ", ")
        if request.wantsGzip {
            headers[.contentEncoding] = "gzip"
            let compressed = try Gzip.compress(Array(body.readableBytesView))
            self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: compressed))
        } else {
            self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
    }
}
