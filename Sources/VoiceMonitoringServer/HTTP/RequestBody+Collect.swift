import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The value of a `Content-Length` header.
enum ContentLength {
    /// Whether a body of this length, if one is announced, has at most `limit` bytes.
    static func isWithin(_ limit: Int, _ text: String?) -> Bool {
        guard let text else { return true }
        return Int(text).map { $0 <= limit } ?? false
    }
}

extension Request {
    /// The whole body.
    ///
    /// - Throws: `RequestFailure` with 413 where it is larger than `limit` bytes: before reading where the request says
    ///   so, else as soon as it is; with 400 where it breaks off.
    func collectBody(upTo limit: Int) async throws(RequestFailure) -> ByteBuffer {
        guard ContentLength.isWithin(limit, headers[.contentLength]) else {
            throw RequestFailure.tooLarge(limit: limit)
        }
        do {
            var collected = ByteBuffer()
            for try await part in body {
                guard collected.readableBytes + part.readableBytes <= limit else {
                    throw RequestFailure.tooLarge(limit: limit)
                }
                collected.writeImmutableBuffer(part)
            }
            return collected
        } catch let failure as RequestFailure {
            throw failure
        } catch {
            throw RequestFailure.lastBadRequest("The body broke off.")
        }
    }
}
