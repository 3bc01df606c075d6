import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct StreamPositionTests {
    @Test func `an id says how far the feeds are told, and is read again`() {
        let position = StreamPosition([.errors: 12, .tools: 40, .alerts: 3])
        #expect(position.id(bootID: "abc") == "abc.12.40.3")
        #expect(StreamPosition(id: "abc.12.40.3", bootID: "abc") == position)
    }

    @Test(arguments: [
        "", "abc", "abc.1", "abc.1.2", "abc.1.2.3.4", "abc.1.2.x", "abc.1.2.-3", "abc.1.2.99999999999999999999",
        "other.1.2.3", "abc.1..2.3", ".1.2.3", "abc.+1.2.x",
    ])
    func `what is no id of this process says nothing`(id: String) {
        #expect(StreamPosition(id: id, bootID: "abc") == nil)
    }

    @Test func `it goes on with what follows, and not over a gap`() throws {
        var position = StreamPosition([.errors: 5])
        #expect(try position.advance(by: .errors(5..<8)))
        #expect(position[.errors] == 8)
        // A push that left records out, and what came after it.
        #expect(try position.advance(by: .errors(8..<40, isComplete: false)) == false)
        #expect(try position.advance(by: .errors(40..<41)) == false)
        #expect(position[.errors] == 8)
        // All that is kept.
        #expect(try position.advance(by: .errors(0..<41)))
        #expect(position[.errors] == 41)
        #expect(try position.advance(by: StreamFrame(.ping, 1)) == false)
    }
}

extension StreamFrame {
    fileprivate static func errors(_ records: Range<Int>, isComplete: Bool = true) throws -> StreamFrame {
        try StreamFrame(.topic(.errors), 1, records: records, isComplete: isComplete)
    }
}
