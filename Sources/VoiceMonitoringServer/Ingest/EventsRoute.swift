import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import VoiceMonitoring

/// `POST /api/events`: one JSON object, an array, or one object on each line.
struct EventsRoute: Sendable {
    let monitor: Monitor
    let instruments: IngestInstruments
    let configuration: ServerConfiguration

    func respond(to request: Request, context: MonitoringRequestContext) async throws -> Response {
        guard let format = EventBody.Format(contentType: request.headers[.contentType]) else {
            instruments.count(.unsupportedMediaType)
            throw RequestFailure.unsupportedMediaType("application/json or application/x-ndjson")
        }
        let body = EventBody(try await collect(request), format: format)
        guard body.events.count <= configuration.maximumEventCount else {
            instruments.count(.tooManyEvents)
            throw RequestFailure(
                status: .contentTooLarge, code: "too_many_events",
                message: "One request takes \(configuration.maximumEventCount) events at most.")
        }
        let report = record(body.events)
        return try JSONBody.response(report, status: report.isAccepted ? .accepted : .badRequest)
    }

    private func collect(_ request: Request) async throws -> Data {
        do {
            return Data(try await request.collectBody(upTo: configuration.maximumBodySize).readableBytesView)
        } catch let failure as RequestFailure {
            instruments.count(.bodyTooLarge)
            throw failure
        }
    }

    private func record(_ events: [Result<VoiceEvent, EventRefusal>]) -> IngestReport {
        var report = IngestReport()
        for (index, event) in events.enumerated() {
            switch event {
            case .success(let event):
                let outcome = monitor.record(event)
                instruments.count(outcome, of: event.type)
                report.add(outcome)
            case .failure(let refusal):
                instruments.count(refusal)
                report.add(refusal, at: index)
            }
        }
        return report
    }
}
