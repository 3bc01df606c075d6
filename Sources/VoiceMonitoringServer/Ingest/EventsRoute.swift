import HTTPTypes
import Hummingbird
import HummingbirdCore

/// `POST /api/events`: one JSON object, an array, or one object on each line.
struct EventsRoute: Sendable {
    let ingest: Ingest

    func respond(to request: Request, context: MonitoringRequestContext) async throws -> Response {
        guard let format = EventBody.Format(contentType: request.headers[.contentType]) else {
            ingest.instruments.count(.unsupportedMediaType)
            throw RequestFailure.unsupportedMediaType("application/json, text/plain or application/x-ndjson")
        }
        let body = EventBody(try await ingest.collect(request), format: format)
        let limit = ingest.configuration.maximumEventCount
        guard body.events.count <= limit else {
            ingest.instruments.count(.tooManyEvents)
            throw RequestFailure(
                status: .contentTooLarge, code: .tooManyEvents, message: "One request takes \(limit) events at most."
            )
        }
        return try ingest.record(body.events)
    }
}
