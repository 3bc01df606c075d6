import HTTPTypes
import Hummingbird
import HummingbirdCore
import VoiceMonitoring

/// The JSON views of a snapshot.
struct SectionRoutes: Sendable {
    let monitor: Monitor
    let broadcaster: StreamBroadcaster

    func summary(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        try response(monitor.snapshot().summary, to: request)
    }

    func section(_ slug: SectionSlug, _ request: Request) throws -> Response {
        let snapshot = monitor.snapshot()
        return switch slug {
        case .sessions: try response(snapshot.sessions, to: request)
        case .latency: try response(snapshot.latency, to: request)
        case .tools: try response(snapshot.tools, to: request)
        case .errors: try response(snapshot.errors, to: request)
        case .audio: try response(snapshot.audio, to: request)
        case .amplifier: try response(snapshot.amplifier, to: request)
        }
    }

    func story(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        let encoded = try context.parameters.require("id")
        guard let id = encoded.percentDecoded, let story = monitor.snapshot().story(ofSession: id) else {
            throw RequestFailure(
                status: .notFound, code: .sessionNotFound, message: "There is no live session of this id.",
                field: "id")
        }
        return try JSONBody.response(story)
    }

    func slowestTurns(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        try JSONBody.response(monitor.snapshot().slowestTurns)
    }

    func alerts(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        try response(broadcaster.alerts.lastDay(at: monitor.snapshot().now), to: request)
    }

    func numbers(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        try response(monitor.snapshot().numberList, to: request)
    }

    /// 503 lets a load balancer act on it; a degraded system still serves.
    func health(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        let health = monitor.snapshot().health
        return try JSONBody.response(health, status: health.status == .unhealthy ? .serviceUnavailable : .ok)
    }

    /// The page polls these, so they are compressed where it asks for it.
    private func response(_ section: some Encodable, to request: Request) throws -> Response {
        try Response(
            headers: [.contentType: JSONBody.contentType, .cacheControl: "no-store"],
            body: try JSONBody.encode(section), compressedFor: request)
    }
}
