import FoundationEssentials
import Hummingbird
import HummingbirdCore
import NIOCore
import VoiceMonitoring

/// What both ingest routes do: read a bounded body, record its events, and answer what became of each.
struct Ingest: Sendable {
    let monitor: Monitor
    let instruments: IngestInstruments
    let configuration: ServerConfiguration

    /// The whole body.
    ///
    /// - Throws: `RequestFailure` where it is too large, which is counted, or breaks off.
    func collect(_ request: Request) async throws(RequestFailure) -> Data {
        do {
            return Data(try await request.collectBody(upTo: configuration.maximumBodySize).readableBytesView)
        } catch {
            if error.code == .bodyTooLarge { instruments.count(.bodyTooLarge) }
            throw error
        }
    }

    /// Records events and answers 202 where at least one was understood, else 400.
    func record(_ events: [Result<VoiceEvent, EventRefusal>]) throws -> Response {
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
        return try JSONBody.response(report, status: report.isAccepted ? .accepted : .badRequest)
    }
}
