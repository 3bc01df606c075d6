import NIOCore
import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct StreamMailboxTests {
    @Test func `a newer frame takes the place of the older one of its slot`() throws {
        let mailbox = StreamMailbox()
        #expect(try mailbox.puts(.ping, "a") == false)
        #expect(try mailbox.puts(.topic(.errors), "b") == false)
        #expect(try mailbox.puts(.ping, "c", instead: "d") == true)
        #expect(mailbox.take().map(\.text) == ["event: ping\ndata: \"d\"\n\n", "event: errors\ndata: \"b\"\n\n"])
        #expect(mailbox.take().isEmpty)
        #expect(try mailbox.puts(.ping, "e") == false)
    }

    @Test func `the bell rings once for all that waits, and ends after it`() async throws {
        let mailbox = StreamMailbox()
        for slot in [StreamFrame.Slot.ping, .topic(.tools), .ping] { _ = try mailbox.puts(slot, "a") }
        mailbox.close()
        var taken: [Int] = []
        for await _ in mailbox.bell { taken.append(mailbox.take().count) }
        #expect(taken == [2])
    }

    @Test func `a frame is one event on one line`() throws {
        let frame = try StreamFrame(.hello, ["a": "\n\ndata: forged"], retryMilliseconds: 1500)
        #expect(frame.text == "event: hello\nretry: 1500\ndata: {\"a\":\"\\n\\ndata: forged\"}\n\n")
        #expect(try StreamFrame(.whole, [1]).text == "data: [1]\n\n")
    }
}

extension StreamMailbox {
    fileprivate func puts(_ slot: StreamFrame.Slot, _ text: String, instead: String = "") throws -> Bool {
        try put(StreamFrame(slot, text)) { _ in try StreamFrame(slot, instead) }
    }
}

extension StreamFrame {
    fileprivate var text: String { String(buffer: bytes) }
}
