import HTTPTypes
import Hummingbird
import HummingbirdCore
import VoiceMonitoring

/// The map of all routes.
struct MonitoringRoutes {
    typealias Handler = @Sendable (Request, MonitoringRequestContext) async throws -> Response

    struct Route {
        let method: HTTPRequest.Method
        let path: String
        let handler: Handler
    }

    let routes: [Route]
    private let origins: Set<WebOrigin>
    private let instruments: RequestInstruments

    init(
        dashboard: DashboardRoutes, events: EventsRoute, audio: AudioRoute, exposition: ExpositionRoute,
        sections: SectionRoutes, stream: StreamRoute, openAPI: OpenAPIRoute, clients: ClientRoutes,
        origins: Set<WebOrigin>, instruments: RequestInstruments
    ) {
        self.origins = origins
        self.instruments = instruments
        routes =
            [
                Route(method: .get, path: "/", handler: dashboard.page),
                Route(method: .post, path: "/api/events", handler: events.respond),
                Route(method: .options, path: "/api/events", handler: Self.preflight),
                Route(method: .post, path: "/api/metrics/audio", handler: audio.respond),
                Route(method: .options, path: "/api/metrics/audio", handler: Self.preflight),
                Route(method: .get, path: "/metrics", handler: exposition.respond),
                Route(method: .get, path: "/metrics/stream", handler: stream.respond),
                Route(method: .get, path: "/metrics/summary", handler: sections.summary),
                Route(method: .get, path: "/metrics/sessions/{id}", handler: sections.story),
                Route(method: .get, path: "/metrics/latency/slowest", handler: sections.slowestTurns),
                Route(method: .get, path: "/metrics/alerts", handler: sections.alerts),
                Route(method: .get, path: "/metrics/numbers", handler: sections.numbers),
                Route(method: .get, path: "/metrics/health", handler: sections.health),
                Route(method: .get, path: "/openapi.json", handler: openAPI.respond),
                Route(method: .get, path: "/-/healthy", handler: ProbeRoutes.healthy),
                Route(method: .get, path: "/-/ready", handler: ProbeRoutes.ready),
            ]
            + SectionSlug.allCases.map { slug in
                Route(method: .get, path: "/metrics/\(slug.rawValue)") { request, _ in
                    try sections.section(slug, request)
                }
            }
            + clients.files.map { file in
                Route(method: .get, path: "/client/\(file.path)") { request, _ in clients.respond(file, request) }
            }
            + dashboard.files.assets.map { file in
                Route(method: .get, path: "/\(dashboard.files.assetFolder)/\(file.path)") { request, _ in
                    dashboard.asset(file, request)
                }
            }
    }

    /// A router that answers these routes, HEAD where there is GET, and nothing else.
    func makeRouter() -> Router<MonitoringRequestContext> {
        let router = Router(context: MonitoringRequestContext.self)
        // It names paths by their templates, and sees every failure as the answer that it becomes.
        router.add(middleware: MetricsMiddleware())
        router.add(middleware: FailureMiddleware(methods: methods, instruments: instruments))
        router.add(middleware: OriginMiddleware(origins: origins))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method, use: route.handler)
            guard route.method == .get else { continue }
            // Hummingbird's own way to answer HEAD leaves out the metrics.
            router.on(RouterPath(route.path), method: .head) { request, context in
                try await route.handler(request, context).createHeadResponse()
            }
        }
        return router
    }

    /// What a browser asks before it lets a page of another origin send events; the origin was judged before this.
    private static func preflight(_ request: Request, _ context: MonitoringRequestContext) -> Response {
        Response(status: .noContent, headers: [.allow: "POST, OPTIONS"])
    }

    private var methods: [(path: RouterPath, allowed: [HTTPRequest.Method])] {
        Dictionary(grouping: routes, by: \.path).map { path, routes in
            (RouterPath(path), routes.flatMap { $0.method == .get ? [.get, .head] : [$0.method] })
        }
    }
}
