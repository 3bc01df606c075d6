import Testing

@testable import VoiceMonitoringServer

@Suite struct ConnectionStateTests {
    private typealias Event = ConnectionState.Event
    private typealias Action = ConnectionState.Action

    private static let answer = Event.responseHead(isStream: false, closes: false)
    private static let lastAnswer = Event.responseHead(isStream: false, closes: true)

    private func actions(of events: [Event]) -> [[Action]] {
        var state = ConnectionState()
        return events.map { state.handle($0) }
    }

    @Test func `a request is followed from its head to the next`() {
        let events: [Event] = [.opened, .requestHead, .requestEnd, Self.answer, .responseSent, .requestHead]
        #expect(
            actions(of: events) == [
                [.setDeadline(.head)], [.setDeadline(.request)], [.setDeadline(.response)], [.setDeadline(.response)],
                [.setDeadline(.idle), .takeNext], [.setDeadline(.request)],
            ])
    }

    @Test func `a stream has no deadline of the connection`() {
        let events: [Event] = [.requestHead, .requestEnd, .responseHead(isStream: true, closes: false), .responseSent]
        #expect(
            actions(of: events) == [
                [.setDeadline(.request)], [.setDeadline(.response)], [.setDeadline(nil)],
                [.setDeadline(.idle), .takeNext],
            ])
    }

    @Test func `what follows a request waits until its answer has left`() {
        var state = ConnectionState()
        var waits: [Bool] = []
        for event in [.requestHead, .requestEnd, Self.answer, .responseSent, .requestHead] as [Event] {
            _ = state.handle(event)
            waits.append(state.isWaiting)
        }
        #expect(waits == [false, true, true, false, false])
    }

    @Test func `the last answer ends the connection once it has left`() {
        let events: [Event] = [.requestHead, .requestEnd, Self.lastAnswer, .responseSent]
        #expect(
            actions(of: events) == [
                [.setDeadline(.request)], [.setDeadline(.response)], [.setDeadline(.response)],
                [.closeOutput, .setDeadline(.linger)],
            ])
    }

    @Test func `a refusal before the end of the body reads no more`() {
        var state = ConnectionState()
        _ = state.handle(.requestHead)
        _ = state.handle(Self.lastAnswer)
        #expect(!state.isClosing)
        #expect(state.handle(.responseSent) == [.closeOutput, .setDeadline(.linger)])
        #expect(state.isClosing)
        #expect(!state.mayRespond)
    }

    @Test func `an answer before the end of the body leaves the body the time of a request`() {
        let events: [Event] = [.requestHead, Self.answer, .responseSent, .requestEnd]
        #expect(
            actions(of: events) == [
                [.setDeadline(.request)], [.setDeadline(.response)], [.setDeadline(.request)],
                [.setDeadline(.idle), .takeNext],
            ])
    }

    @Test(
        arguments: [
            // In the place of a request, and within one.
            ([], [.refuse]),
            ([.requestHead], [.refuse]),
            ([.requestHead, .requestEnd, answer, .responseSent], [.refuse]),
            // Nothing goes between the head of an answer and its end, and no second answer after the first.
            ([.requestHead, answer], []),
            ([.requestHead, answer, .responseSent], [.closeOutput, .setDeadline(.linger)]),
        ] as [([ConnectionState.Event], [ConnectionState.Action])])
    func `what is no request is refused where an answer may stand`(
        before: [ConnectionState.Event], expected: [ConnectionState.Action]
    ) {
        #expect(actions(of: before + [.malformed]).last == expected)
    }

    @Test func `a malformed body ends the connection after the answer that had begun`() {
        let events: [Event] = [.requestHead, Self.answer, .malformed, .responseSent]
        #expect(actions(of: events).last == [.closeOutput, .setDeadline(.linger)])
    }

    @Test func `nothing more is taken after what is no request, before its refusal has left too`() {
        var state = ConnectionState()
        _ = state.handle(.requestHead)
        #expect(!state.isClosing)
        #expect(state.handle(.malformed) == [.refuse])
        #expect(state.isClosing)
        #expect(state.mayRespond)
        _ = state.handle(Self.lastAnswer)
        #expect(!state.mayRespond)
        #expect(state.handle(.responseSent) == [.closeOutput, .setDeadline(.linger)])
    }

    @Test(
        arguments: [
            ([], [.close]),
            ([.opened], [.close]),
            ([.requestHead], []),
            ([.requestHead, .requestEnd, answer], []),
            ([.requestHead, .requestEnd, answer, .responseSent], [.close]),
            ([.requestHead, answer, .responseSent], [.close]),
            ([.requestHead, .requestEnd, lastAnswer, .responseSent], []),
        ] as [([ConnectionState.Event], [ConnectionState.Action])])
    func `the end of the process closes what is idle`(
        before: [ConnectionState.Event], expected: [ConnectionState.Action]
    ) {
        #expect(actions(of: before + [.stopped]).last == expected)
    }

    @Test func `the end of the process lets a running request be the last`() {
        let events: [Event] = [.requestHead, .stopped, .requestEnd, Self.answer, .responseSent]
        #expect(actions(of: events).last == [.closeOutput, .setDeadline(.linger)])
    }
}
