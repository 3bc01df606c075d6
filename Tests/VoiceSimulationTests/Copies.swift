import VoiceMonitoring

@testable import VoiceSimulation

/// A log whose raw events come once more or twice, late and over any feed.
struct Copies {
    private let log: [SimulatedEvent]
    /// When a session's sideband closes; nothing comes over it any more.
    private var closed: [String: Double] = [:]

    init(_ log: [SimulatedEvent]) {
        self.log = log
        for event in log {
            guard case .error(let error) = event.event.kind, error.code == "websocket_closed",
                let session = event.event.session
            else { continue }
            closed[session] = min(closed[session] ?? .infinity, event.milliseconds)
        }
    }

    func scattered(using random: inout some RandomNumberGenerator) -> [SimulatedEvent] {
        var events = log
        for event in log {
            guard case .realtime(let raw) = event.event.kind, raw.source == .browser else { continue }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let late = event.milliseconds + Double.random(in: 0...2_000, using: &random)
                let isSideband = Bool.random(using: &random)
                guard !isSideband || late < closed[event.event.session ?? ""] ?? .infinity else { continue }
                events.append(SimulatedEvent(milliseconds: late, event: copy(event.event, isSideband, at: late)))
            }
        }
        // Those of one moment keep their order: copies come after what they repeat.
        return events.enumerated().sorted { ($0.1.milliseconds, $0.0) < ($1.1.milliseconds, $1.0) }.map(\.element)
    }

    private func copy(_ event: VoiceEvent, _ isSideband: Bool, at milliseconds: Double) -> VoiceEvent {
        guard isSideband, case .realtime(var raw) = event.kind else { return event }
        raw.source = .sideband
        raw.receivedMilliseconds = milliseconds
        if case .error(var error) = raw.event {
            error.eventID?.append("_sideband")
            raw.event = .error(error)
        }
        var copy = event
        copy.kind = .realtime(raw)
        return copy
    }
}
