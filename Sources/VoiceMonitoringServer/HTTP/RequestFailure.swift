import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import VoiceMonitoring

/// A request that is refused, with the reason in the body: `{"error": {"code", "message", "field"}}`.
struct RequestFailure: HTTPResponseError {
    /// The reasons, a closed list, for programs and for the counter.
    enum Code: String, CaseIterable {
        case badRequest = "bad_request"
        case bodyTooLarge = "body_too_large"
        case expectationFailed = "expectation_failed"
        case headerTooLarge = "header_too_large"
        case internalError = "internal_error"
        case methodNotAllowed = "method_not_allowed"
        case notImplemented = "not_implemented"
        case notFound = "not_found"
        case originNotAllowed = "origin_not_allowed"
        case sessionNotFound = "session_not_found"
        case targetTooLong = "target_too_long"
        case tooManyEvents = "too_many_events"
        case tooManyScrapes = "too_many_scrapes"
        case tooManyStreams = "too_many_streams"
        case unsupportedMediaType = "unsupported_media_type"
    }

    let status: HTTPResponse.Status
    let code: Code
    /// A sentence for people.
    let message: String
    /// The field or header that is wrong.
    var field: String?
    var headers = HTTPFields()

    private struct Body: Encodable {
        struct Failure: Encodable {
            let code: String
            let message: String
            @Nullable var field: String?
        }
        let error: Failure
    }

    /// The body as JSON.
    func body() throws -> ByteBuffer {
        try JSONBody.encode(Body(error: .init(code: code.rawValue, message: message, field: field)))
    }

    /// The whole head but for what the server adds.
    var responseHeaders: HTTPFields {
        var all = headers
        all[.contentType] = JSONBody.contentType
        all[.cacheControl] = "no-store"
        return all
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        Response(status: status, headers: responseHeaders, body: ResponseBody(byteBuffer: try body()))
    }
}

extension RequestFailure {
    /// A bad request after which the connection cannot go on.
    static func lastBadRequest(_ message: String, field: String? = nil) -> RequestFailure {
        RequestFailure(
            status: .badRequest, code: .badRequest, message: message, field: field, headers: [.connection: "close"])
    }

    static func tooLarge(limit: Int) -> RequestFailure {
        RequestFailure(
            status: .contentTooLarge, code: .bodyTooLarge, message: "The body is larger than \(limit) bytes.",
            headers: [.connection: "close"])
    }

    static func targetTooLong(limit: Int) -> RequestFailure {
        RequestFailure(
            status: .uriTooLong, code: .targetTooLong, message: "A path may have \(limit) bytes.",
            headers: [.connection: "close"])
    }

    static func unsupportedMediaType(_ types: String) -> RequestFailure {
        RequestFailure(
            status: .unsupportedMediaType, code: .unsupportedMediaType, message: "Send \(types).",
            field: "Content-Type")
    }

    static func unavailable(_ code: Code, _ message: String) -> RequestFailure {
        RequestFailure(status: .serviceUnavailable, code: code, message: message, headers: [.retryAfter: "10"])
    }
}
