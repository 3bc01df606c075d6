import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

extension HTTPRequest {
    /// Whether the request announces no body of more than `limit` bytes.
    func announcesBody(upTo limit: Int) -> Bool {
        guard let announced = headerFields[.contentLength] else { return true }
        return Int(announced).map { $0 <= limit } ?? false
    }
}

extension Request {
    /// The whole body.
    ///
    /// - Throws: `RequestFailure` with 413 where it is larger than `limit` bytes: before reading where the request says
    ///   so, else as soon as it is; with 400 where it breaks off.
    func collectBody(upTo limit: Int) async throws(RequestFailure) -> ByteBuffer {
        guard head.announcesBody(upTo: limit) else { throw RequestFailure.tooLarge(limit: limit) }
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
            throw RequestFailure(
                status: .badRequest, code: .badRequest, message: "The body broke off.",
                headers: [.connection: "close"])
        }
    }
}
