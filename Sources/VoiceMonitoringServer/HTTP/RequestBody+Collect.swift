import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension Request {
    /// The whole body.
    ///
    /// - Throws: `RequestFailure` with 413 where it is larger than `limit` bytes: before reading where the request says
    ///   so, else as soon as it is.
    func collectBody(upTo limit: Int) async throws -> ByteBuffer {
        if let announced = headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw RequestFailure.tooLarge(limit: limit)
        }
        var collected = ByteBuffer()
        for try await part in body {
            guard collected.readableBytes + part.readableBytes <= limit else {
                throw RequestFailure.tooLarge(limit: limit)
            }
            collected.writeImmutableBuffer(part)
        }
        return collected
    }
}
