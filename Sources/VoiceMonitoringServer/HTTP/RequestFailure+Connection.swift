import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Failures that the connection answers, since no route gets to see the request.
extension RequestFailure {
    /// The refusal of what the parser, or a handler in front of it, could not take.
    init(_ error: any Error, _ configuration: ServerConfiguration) {
        switch error {
        case let failure as RequestFailure: self = failure
        case HTTPParserError.headerOverflow: self = .headerTooLarge(configuration)
        default: self = .lastBadRequest("This is no HTTP/1.1 request.")
        }
    }

    private static func headerTooLarge(_ configuration: ServerConfiguration) -> RequestFailure {
        RequestFailure(
            status: .requestHeaderFieldsTooLarge, code: .headerTooLarge,
            message: "The head of a request may have \(configuration.maximumHeaderCount) fields, "
                + "\(configuration.maximumHeaderFieldSize) bytes in each, and "
                + "\(configuration.maximumHeaderSize) bytes in all.",
            headers: [.connection: "close"])
    }

    /// The whole response.
    func responseParts(unixSeconds: Int) throws -> [HTTPServerResponsePart] {
        let body = try body()
        var head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status.code),
            headers: HTTPHeaders(responseHeaders))
        head.headers.add(name: "Content-Length", value: String(body.readableBytes))
        head.headers.add(name: "Date", value: HTTPDate.text(unixSeconds: unixSeconds))
        return [.head(head), .body(.byteBuffer(body)), .end(nil)]
    }
}
