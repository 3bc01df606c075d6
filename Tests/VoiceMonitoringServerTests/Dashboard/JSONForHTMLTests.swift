import FoundationEssentials
import NIOCore
import Testing

@testable import VoiceMonitoringServer

@Suite struct JSONForHTMLTests {
    @Test(arguments: [
        (#"{"a":"b"}"#, #"{"a":"b"}"#),
        (#"["</script><!--&amp;"]"#, #"["\u003c/script\u003e\u003c!--\u0026amp;"]"#),
        ("[\"\u{2028}\u{2029}\"]", #"["\u2028\u2029"]"#),
        // Other characters that begin with the same byte, and a text that ends in one.
        ("[\"\u{2014}\u{20AC}\u{2028}x\u{2014}\"]", "[\"\u{2014}\u{20AC}\\u2028x\u{2014}\"]"),
        ("<", #"\u003c"#), ("", ""),
    ])
    func `nothing can end the script or begin anything else`(json: String, expected: String) {
        var buffer = ByteBuffer()
        buffer.writeJSONForHTML(ByteBuffer(string: json))
        #expect(String(buffer: buffer) == expected)
    }

    @Test func `it stays the same JSON`() throws {
        let texts = (0..<0x3000).compactMap { Unicode.Scalar($0).map(String.init) }
        var buffer = ByteBuffer()
        buffer.writeJSONForHTML(try JSONBody.encode(texts))
        let bytes = Array(buffer.readableBytesView)
        #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == texts)
        #expect(!bytes.contains { [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&")].contains($0) })
    }
}
