import Testing

@testable import VoiceMonitoringServer

@Suite struct ConnectionStateTests {
    private func deadlines(of events: [ConnectionState.Event]) -> [ConnectionState.Deadline?] {
        var state = ConnectionState()
        var current: ConnectionState.Deadline?
        return events.map { event in
            if case .setDeadline(let deadline) = state.handle(event) { current = deadline }
            return current
        }
    }

    @Test func `a request is followed from its head to the next`() {
        let events: [ConnectionState.Event] = [
            .opened, .requestHead, .requestEnd, .responseHead(isStream: false, closes: false), .responseEnd,
            .requestHead,
        ]
        #expect(deadlines(of: events) == [.head, .request, .response, .response, .idle, .request])
    }

    @Test func `a stream has no deadline of the connection`() {
        let events: [ConnectionState.Event] = [
            .opened, .requestHead, .requestEnd, .responseHead(isStream: true, closes: false), .responseEnd,
        ]
        #expect(deadlines(of: events) == [.head, .request, .response, nil, .idle])
    }

    @Test func `a refusal before the end of the body closes and reads no more`() {
        var state = ConnectionState()
        _ = state.handle(.requestHead)
        _ = state.handle(.responseHead(isStream: false, closes: true))
        #expect(!state.isClosing)
        #expect(state.handle(.responseEnd) == .setDeadline(.linger))
        #expect(state.isClosing)
        #expect(state.handle(.requestEnd) == .proceed)
    }

    @Test func `an answer before the end of the body keeps the request's deadline`() {
        let events: [ConnectionState.Event] = [
            .requestHead, .responseHead(isStream: false, closes: false), .responseEnd, .requestEnd,
        ]
        #expect(deadlines(of: events) == [.request, .response, .request, .response])
    }
}
