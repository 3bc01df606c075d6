import Testing

@testable import VoiceMonitoringServer

@Suite struct RequestTargetTests {
    @Test(arguments: [
        ("", 0), ("GET", 0), ("GET ", 0), ("GET /", 1), ("GET /abc HTTP/1.1\r\n", 4), ("GET /abc", 4),
        ("\r\n\r\nGET /abc HTTP/1.1\r\nX: 12345\r\n\r\n", 4), ("GET /abc\n", 4), ("GET /a b c", 2),
        ("POST /é HTTP/1.1", 3),
    ])
    func `the target is the second word of the first line`(text: String, length: Int) {
        var whole = RequestTarget()
        whole.take(text.utf8)
        #expect(whole.length == length)
        var pieces = RequestTarget()
        for byte in text.utf8 { pieces.take(CollectionOfOne(byte)) }
        #expect(pieces.length == length)
    }

    @Test func `what follows the head is no target`() {
        var target = RequestTarget()
        target.end()
        target.take("a body with words".utf8)
        #expect(target.length == 0)
    }
}
