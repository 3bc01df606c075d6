import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Lets web pages send events only from this origin and from those of a list, and lets pages of other origins read
/// nothing. A browser names the page's origin; other senders name none.
struct OriginMiddleware: RouterMiddleware {
    let origins: Set<WebOrigin>

    func handle(
        _ request: Request, context: MonitoringRequestContext,
        next: (Request, MonitoringRequestContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path.hasPrefix("/api/"), let text = request.headers[.origin], !isOwn(text, request) else {
            return try await next(request, context)
        }
        guard let origin = WebOrigin(text), origins.contains(origin) else { throw Self.refusal }
        do {
            var response = try await next(request, context)
            response.headers.allow(origin, preflight: request.method == .options)
            return response
        } catch var failure as RequestFailure {
            failure.headers.allow(origin, preflight: false)
            throw failure
        }
    }

    /// Whether the page came from this server, or from a proxy in front of it: a browser says so, and no page can make
    /// it lie (Fetch Metadata, section 2.3). Without TLS a name proves nothing, since whoever owns it can let it lead
    /// here (DNS rebinding).
    private func isOwn(_ origin: String, _ request: Request) -> Bool {
        let isSame =
            request.headers[Self.fetchSite] == "same-origin"
            || request.head.authority.map { origin == "http://\($0)" || origin == "https://\($0)" } ?? false
        guard isSame, origin.hasPrefix("http://") else { return isSame }
        return HostHeader.isFixed(String(origin.dropFirst("http://".count)))
    }

    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
    private static let refusal = RequestFailure(
        status: .forbidden, code: .originNotAllowed,
        message: "Pages of this origin may not send events. Name it in the configuration: origins.", field: "Origin",
        headers: [.connection: "close", .vary: "Origin"])
}

extension HTTPFields {
    fileprivate mutating func allow(_ origin: WebOrigin, preflight: Bool) {
        self[.accessControlAllowOrigin] = origin.text
        self[.vary] = "Origin"
        guard preflight else { return }
        self[.accessControlAllowMethods] = "POST"
        self[.accessControlAllowHeaders] = "Content-Type"
        // A day, which browsers shorten to what they think right.
        self[.accessControlMaxAge] = "86400"
    }
}
