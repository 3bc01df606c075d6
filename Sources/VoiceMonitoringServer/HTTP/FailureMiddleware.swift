import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging

/// Refuses what no route should see, and answers every failure as JSON: unknown paths with 404, known paths with a
/// wrong method with 405, and what went wrong inside with 500.
struct FailureMiddleware: RouterMiddleware {
    /// The methods of each path.
    let methods: [(path: RouterPath, allowed: [HTTPRequest.Method])]
    let instruments: RequestInstruments

    func handle(
        _ request: Request, context: MonitoringRequestContext,
        next: (Request, MonitoringRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            try check(request)
            return try await next(request, context)
        } catch {
            let failure = failure(for: request, error, context.logger)
            instruments.count(failure)
            let response = try failure.response(from: request, context: context)
            return request.method == .head ? response.createHeadResponse() : response
        }
    }

    private func check(_ request: Request) throws(RequestFailure) {
        if let coding = request.headers[.transferEncoding], coding.lowercased() != "chunked" {
            throw RequestFailure(
                status: .notImplemented, code: .notImplemented, message: "Only chunked is understood.",
                field: "Transfer-Encoding", headers: [.connection: "close"])
        }
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw RequestFailure(
                status: .unsupportedMediaType, code: .unsupportedMediaType, message: "Send the body uncompressed.",
                field: "Content-Encoding", headers: [.connection: "close", .acceptEncoding: "identity"])
        }
        if let expectation = request.headers[.expect], expectation.lowercased() != "100-continue" {
            throw RequestFailure(
                status: .expectationFailed, code: .expectationFailed, message: "Only 100-continue can be expected.",
                field: "Expect")
        }
    }

    private func failure(for request: Request, _ error: any Error, _ logger: Logger) -> RequestFailure {
        if let failure = error as? RequestFailure { return failure }
        if let error = error as? HTTPError, error.status == .notFound { return missing(request) }
        instruments.count(.request)
        logger.error(
            "A request could not be answered.", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
        return RequestFailure(
            status: .internalServerError, code: .internalError, message: "The request could not be answered.")
    }

    private func missing(_ request: Request) -> RequestFailure {
        guard let allowed = methods.first(where: { $0.path.matches(request.uri.path) })?.allowed else {
            return RequestFailure(status: .notFound, code: .notFound, message: "There is no such path.")
        }
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return RequestFailure(
            status: .methodNotAllowed, code: .methodNotAllowed, message: "This path answers \(names).",
            headers: [.allow: names])
    }
}

extension RouterPath {
    /// Whether a path has the same components, any one in the place of a parameter.
    fileprivate func matches(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        return parts.count == components.count
            && zip(parts, components).allSatisfy { part, component in component ~= part }
    }
}
