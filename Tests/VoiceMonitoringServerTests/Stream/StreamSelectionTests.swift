import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct StreamSelectionTests {
    private static let slots: [StreamFrame.Slot] =
        [.whole, .hello, .alert, .ping, .bye] + StreamTopic.allCases.map { .topic($0) }

    @Test(
        arguments: [
            (nil, [.whole]),
            ("all", [.hello, .alert, .ping, .bye] + StreamTopic.allCases.map { .topic($0) }),
            ("errors,tools", [.hello, .alert, .ping, .bye, .topic(.errors), .topic(.tools)]),
            ("sessions", [.hello, .alert, .ping, .bye, .topic(.sessions)]),
        ] as [(String?, [StreamFrame.Slot])])
    func `a client gets what it asked for`(parameter: String?, expected: [StreamFrame.Slot]) throws {
        let selection = try StreamSelection(topics: parameter)
        #expect(Set(Self.slots.filter(selection.takes)) == Set(expected))
    }

    @Test(arguments: ["", "nothing", "errors,", "errors, tools", "Errors", "all,errors"])
    func `a name that is none is refused`(parameter: String) throws {
        let failure = #expect(throws: RequestFailure.self) { try StreamSelection(topics: parameter) }
        #expect(failure?.field == "topics")
    }
}
