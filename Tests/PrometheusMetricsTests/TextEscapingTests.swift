import TestSupport
import Testing

@testable import PrometheusMetrics

struct TextEscapingTests {
    private static let untouched = [
        "", "plain", "{}=,#", "a\tb", "a\rb", "nul \0 inside", "été", "👩🏽‍🚀", "\u{2028}\u{FEFF}", "'single'",
    ]

    @Test(arguments: untouched)
    func `everything but three characters is printed as it is`(text: String) {
        #expect(appended { TextEscaping.appendLabelValue(text, to: &$0) } == text)
        for format in ExpositionFormat.allCases {
            #expect(appended { TextEscaping.appendHelp(text, format, to: &$0) } == text)
        }
    }

    private static let labelValues = [
        (#"""#, #"\""#), (#"\"#, #"\\"#), ("\n", #"\n"#), (#"\n"#, #"\\n"#), (#"\""#, #"\\\""#), (#"\\"#, #"\\\\"#),
        ("\r\n", "\r\\n"), ("\n\n", #"\n\n"#), (#"C:\new"dir""#, #"C:\\new\"dir\""#),
    ]

    @Test(arguments: labelValues)
    func `a label value escapes backslash, quote and line feed`(value: String, text: String) {
        #expect(appended { TextEscaping.appendLabelValue(value, to: &$0) } == text)
    }

    private static let helpTexts = [
        (#"""#, #"""#), (#"\"#, #"\\"#), ("\n", #"\n"#), (#"\n"#, #"\\n"#), (#"\""#, #"\\""#), ("\r\n", "\r\\n"),
        ("Two\nlines.", #"Two\nlines."#), (#"A "quoted" word."#, #"A "quoted" word."#),
    ]

    @Test(arguments: helpTexts)
    func `a help text escapes backslash and line feed, and keeps quotes`(help: String, text: String) {
        #expect(appended { TextEscaping.appendHelp(help, .text, to: &$0) } == text)
    }

    @Test(arguments: labelValues)
    func `an OpenMetrics help text is escaped like a label value`(help: String, text: String) {
        #expect(appended { TextEscaping.appendHelp(help, .openMetrics, to: &$0) } == text)
    }

    @Test func `random hostile label values stay inside their quotes and read back`() {
        var generator = SeededGenerator(seed: 3)
        let alphabet: [Character] = ["\\", "\"", "\n", "\r\n", "n", "\0", "{", "}", "=", "#", " ", "é"]
        let values = (0..<10_000).map { _ in
            let length = Int.random(in: 0...12, using: &generator)
            return String((0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] })
        }
        let broken = values.filter { value in
            readBack(appended { TextEscaping.appendLabelValue(value, to: &$0) } ?? "") != value
        }
        #expect(broken == [])
    }

    /// What a scraper reads up to the closing quote; none where the quote comes early or an escape is unknown.
    private func readBack(_ escaped: String) -> String? {
        var text = String.UnicodeScalarView()
        var scalars = escaped.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            switch scalar {
            case "\"", "\n":
                return nil
            case "\\":
                switch scalars.next() {
                case "n": text.append("\n")
                case "\\": text.append("\\")
                case "\"": text.append("\"")
                default: return nil
                }
            default:
                text.append(scalar)
            }
        }
        return String(text)
    }
}
