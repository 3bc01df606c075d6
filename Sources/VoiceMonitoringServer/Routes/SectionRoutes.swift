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
        }
    }

    /// 503 lets a load balancer act on it; a degraded system still serves.
    func health(_ request: Request, _ context: MonitoringRequestContext) throws -> Response {
        let health = monitor.snapshot().health
        return try JSONBody.response(health, status: health.status == .unhealthy ? .serviceUnavailable : .ok)
    }
}
