import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import VoiceMonitoring

/// `GET /`: the dashboard, and the files that it loads.
struct DashboardRoutes: Sendable {
    let monitor: Monitor
    let files: DashboardFiles

    /// The page holds numbers, so that nobody may keep it.
    func page(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        let page = files.page(with: try JSONBody.encode(DashboardSnapshot(monitor.snapshot())))
        var headers = Self.securityHeaders
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-cache"
        return try Response(headers: headers, body: page, compressedFor: request)
    }

    /// A file is never asked for again, since its path changes with its content; the tag serves reloads by hand.
    func asset(_ file: ServedFile, _ request: Request) -> Response {
        var headers = Self.securityHeaders
        headers[.cacheControl] = "public, max-age=31536000, immutable"
        return file.response(to: request, headers: headers)
    }

    /// The page takes nothing from elsewhere, runs no text as code, and stands in no other page.
    private static let securityHeaders: HTTPFields = {
        var headers: HTTPFields = [
            .contentSecurityPolicy:
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'",
            .xContentTypeOptions: "nosniff",
        ]
        for (name, value) in [
            ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }()
}
