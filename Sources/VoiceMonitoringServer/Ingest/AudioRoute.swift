import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import VoiceMonitoring

/// `POST /api/metrics/audio`: what the browser snippet of SPEC section 5 sends, as JSON or, as it sends it, as plain
/// text.
///
/// The session comes from the body or from `?session_id=`; without one only jitter and round-trip time count.
struct AudioRoute: Sendable {
    let ingest: Ingest

    func respond(to request: Request, context: MonitoringRequestContext) async throws -> Response {
        let mediaType = MediaType(request.headers[.contentType])
        guard mediaType == nil || mediaType == .json || mediaType == .plainText else {
            ingest.instruments.count(.unsupportedMediaType)
            throw RequestFailure.unsupportedMediaType("application/json or text/plain")
        }
        let session = request.uri.queryParameters["session_id"].map(String.init)
        return try ingest.record([decode(try await ingest.collect(request), session: session)])
    }

    private func decode(_ bytes: Data, session: String?) -> Result<VoiceEvent, EventRefusal> {
        Result { try StrictJSON().decode(AudioPost.self, from: bytes).event(session: session) }
            .mapError { EventRefusal($0) }
    }
}
