import NIOCore
import PrometheusMetrics
import Synchronization

/// Gives scrapes their places among those in flight, and closes the connection of a scrape that loses its place.
final class ScrapeLimiter: Sendable {
    /// A place among the scrapes in flight. It is free again when nobody holds it any more, however the scrape ended.
    final class Place: ResponseObserver {
        private let limiter: ScrapeLimiter
        private let id: ScrapesInFlight.ID

        fileprivate init(_ limiter: ScrapeLimiter, _ id: ScrapesInFlight.ID) {
            self.limiter = limiter
            self.id = id
        }

        deinit {
            limiter.leave(id)
        }

        func responseStalled() {
            limiter.state.withLock { $0.scrapes.stall(id) }
        }
    }

    private struct State {
        var scrapes: ScrapesInFlight
        var channels: [ScrapesInFlight.ID: any Channel] = [:]
    }

    private let state: Mutex<State>
    private let instruments: ScrapeInstruments

    init(limit: Int, instruments: ScrapeInstruments) {
        state = Mutex(State(scrapes: ScrapesInFlight(limit: limit)))
        self.instruments = instruments
    }

    /// A place for a scrape on a connection; none where all are taken.
    func enter(_ channel: any Channel) -> Place? {
        let (id, stalled) = state.withLock { state -> (ScrapesInFlight.ID?, (any Channel)?) in
            defer { instruments.inFlight.set(Double(state.scrapes.count)) }
            switch state.scrapes.enter() {
            case .admitted(let id):
                state.channels[id] = channel
                return (id, nil)
            case .admittedInstead(let id, let stalled):
                state.channels[id] = channel
                return (id, state.channels.removeValue(forKey: stalled))
            case .refused:
                return (nil, nil)
            }
        }
        if let stalled {
            instruments.cutOff.increment()
            stalled.reset()
        }
        return id.map { Place(self, $0) }
    }

    private func leave(_ id: ScrapesInFlight.ID) {
        state.withLock { state in
            state.scrapes.leave(id)
            state.channels[id] = nil
            instruments.inFlight.set(Double(state.scrapes.count))
        }
    }
}
