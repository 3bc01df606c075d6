import Testing

@testable import VoiceAlerting

@Suite struct YAMLTests {
    /// That PyYAML reads the same strings back is tested in Tests/Operations.
    @Test(arguments: [
        ("plain", "'plain'"), ("", "''"), ("it's", "'it''s'"), ("true", "'true'"), ("# none", "'# none'"),
        ("a: {b}", "'a: {b}'"), ("'", "''''"), (#"a "b" \n"#, #"'a "b" \n'"#),
        ("tab\t", #""tab\U00000009""#), ("line\u{2028}", #""line\U00002028""#), ("\u{85}", #""\U00000085""#),
        ("quote\" and \\ and \r", #""quote\" and \\ and \U0000000d""#),
        ("one\ntwo", "|-\n  one\n  two"), ("one\n  two", "|-\n  one\n    two"), (" one\ntwo", #"" one\ntwo""#),
        ("one\n", #""one\n""#), ("\none", #""\none""#), ("one\n\ntwo", #""one\n\ntwo""#), ("é – 😀", "'é – 😀'"),
    ])
    func `a string is quoted so that it cannot be read as anything else`(text: String, written: String) {
        #expect(YAML.mapping([("key", .string(text))]).text == "key: \(written)\n")
    }

    @Test func `lists and mappings nest`() {
        let document = YAML.mapping([
            (
                "groups",
                .list([.mapping([("name", .string("a")), ("rules", .list([.mapping([("b", .string("c"))])]))])])
            )
        ])
        #expect(
            document.text == """
                groups:
                  - name: 'a'
                    rules:
                      - b: 'c'

                """)
    }
}
