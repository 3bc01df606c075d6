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
    private let instruments: RequestInstruments

    init(
        events: EventsRoute, audio: AudioRoute, exposition: ExpositionRoute, sections: SectionRoutes,
        stream: StreamRoute, instruments: RequestInstruments
    ) {
        self.instruments = instruments
        routes =
            [
                Route(method: .post, path: "/api/events", handler: events.respond),
                Route(method: .post, path: "/api/metrics/audio", handler: audio.respond),
                Route(method: .get, path: "/metrics", handler: exposition.respond),
                Route(method: .get, path: "/metrics/stream", handler: stream.respond),
                Route(method: .get, path: "/metrics/summary", handler: sections.summary),
                Route(method: .get, path: "/metrics/sessions/{id}", handler: sections.story),
                Route(method: .get, path: "/metrics/latency/slowest", handler: sections.slowestTurns),
                Route(method: .get, path: "/metrics/health", handler: sections.health),
                Route(method: .get, path: "/-/healthy", handler: ProbeRoutes.healthy),
                Route(method: .get, path: "/-/ready", handler: ProbeRoutes.ready),
            ]
            + SectionSlug.allCases.map { slug in
                Route(method: .get, path: "/metrics/\(slug.rawValue)") { _, _ in try sections.section(slug) }
            }
    }

    /// A router that answers these routes, HEAD where there is GET, and nothing else.
    func makeRouter() -> Router<MonitoringRequestContext> {
        let router = Router(context: MonitoringRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: FailureMiddleware(methods: methods, instruments: instruments))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method, use: route.handler)
        }
        return router
    }

    private var methods: [(path: RouterPath, allowed: [HTTPRequest.Method])] {
        Dictionary(grouping: routes, by: \.path).map { path, routes in
            (RouterPath(path), routes.flatMap { $0.method == .get ? [.get, .head] : [$0.method] })
        }
    }
}
