import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Answers unknown paths with 404 and known paths with a wrong method with 405, as JSON like every other failure.
struct FailureMiddleware: RouterMiddleware {
    /// The methods of each path.
    let methods: [(path: RouterPath, allowed: [HTTPRequest.Method])]

    func handle(
        _ request: Request, context: MonitoringRequestContext,
        next: (Request, MonitoringRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            throw failure(for: request)
        }
    }

    private func failure(for request: Request) -> RequestFailure {
        guard let allowed = methods.first(where: { $0.path.matches(request.uri.path) })?.allowed else {
            return RequestFailure(status: .notFound, code: "not_found", message: "There is no such path.")
        }
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return RequestFailure(
            status: .methodNotAllowed, code: "method_not_allowed", message: "This path answers \(names).",
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
