import Testing

@testable import VoiceMonitoringServer

@Suite struct JSONGrammarTests {
    private func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        Array(bytes).withUnsafeBytes(JSONGrammar.isValid)
    }

    @Test(arguments: [
        "0", "-0", "10.5e+3", "1E-9", "true", "false", "null", #""""#, #""\u00e9\n\"\\\/""#, "[]", "{}", " [ 1 , 2 ] ",
        #"{"a":{"b":[1,{"c":null}]},"a":2}"#, "\"é👩🏽‍🚀\u{202e}\"", "\t\r\n 1 \n",
    ])
    func `JSON is JSON`(text: String) {
        #expect(isValid(text.utf8))
    }

    @Test(arguments: [
        "", " ", "01", "1.", ".5", "+1", "--1", "1e", "1e+", "NaN", "Infinity", "tru", "nulll", "'a'", "\"", "\"\n\"",
        #""\q""#, #""\u12g4""#, #""\u12"#, "[1,]", "[,1]", "[1 2]", "[", "]", "{", "{,}", #"{"a"}"#, #"{"a":}"#,
        #"{"a":1,}"#, "{a:1}", "1 2", "// comment\n1", "\u{feff}1", "\0",
    ])
    func `everything else is not`(text: String) {
        #expect(!isValid(text.utf8))
    }

    @Test(
        arguments: [[0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x31, 0x00]] as [[UInt8]])
    func `bytes that are not UTF-8 are not JSON`(bytes: [UInt8]) {
        #expect(!isValid(bytes))
    }

    @Test(arguments: [(64, true), (65, false), (100_000, false)]) func `nesting has a limit`(depth: Int, expected: Bool)
    {
        let arrays = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
        let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        #expect(isValid(arrays.utf8) == expected)
        #expect(isValid(objects.utf8) == expected)
    }
}
