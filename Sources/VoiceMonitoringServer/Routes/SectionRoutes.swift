import HTTPTypes
import Hummingbird
import HummingbirdCore
import VoiceMonitoring

/// The JSON views of a snapshot.
struct SectionRoutes: Sendable {
    let monitor: Monitor

    func summary(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        try JSONBody.response(monitor.snapshot().summary)
    }

    func section(_ slug: SectionSlug) throws -> Response {
        let snapshot = monitor.snapshot()
        return switch slug {
        case .sessions: try JSONBody.response(snapshot.sessions)
        case .latency: try JSONBody.response(snapshot.latency)
        case .tools: try JSONBody.response(snapshot.tools)
        case .errors: try JSONBody.response(snapshot.errors)
        case .audio: try JSONBody.response(snapshot.audio)
        case .amplifier: try JSONBody.response(snapshot.amplifier)
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

    /// 503 lets a load balancer act on it; a degraded system still serves.
    func health(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        let health = monitor.snapshot().health
        return try JSONBody.response(health, status: health.status == .unhealthy ? .serviceUnavailable : .ok)
    }
}
