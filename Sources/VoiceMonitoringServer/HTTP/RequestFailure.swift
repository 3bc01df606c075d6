import HTTPTypes
import Hummingbird
import HummingbirdCore

/// A request that is refused, with the reason in the body: `{"error": {"code", "message", "field"}}`.
struct RequestFailure: HTTPResponseError {
    let status: HTTPResponse.Status
    /// A word for programs.
    let code: String
    /// A sentence for people.
    let message: String
    /// The field or header that is wrong.
    var field: String?
    var headers = HTTPFields()

    private struct Body: Encodable {
        struct Failure: Encodable {
            let code: String
            let message: String
            let field: String?

            enum CodingKeys: String, CodingKey { case code, message, field }

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(code, forKey: .code)
                try container.encode(message, forKey: .message)
                try container.encode(field, forKey: .field)
            }
        }
        let error: Failure
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var response = try JSONBody.response(
            Body(error: .init(code: code, message: message, field: field)), status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension RequestFailure {
    static func tooLarge(limit: Int) -> RequestFailure {
        RequestFailure(
            status: .contentTooLarge, code: "body_too_large", message: "The body is larger than \(limit) bytes.",
            // What is left of the body is not read.
            headers: [.connection: "close"])
    }

    static func unsupportedMediaType(_ types: String) -> RequestFailure {
        RequestFailure(
            status: .unsupportedMediaType, code: "unsupported_media_type", message: "Send \(types).",
            field: "Content-Type")
    }

    static func unavailable(_ code: String, _ message: String) -> RequestFailure {
        RequestFailure(
            status: .serviceUnavailable, code: code, message: message, headers: [.retryAfter: "10"])
    }
}
