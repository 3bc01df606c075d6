import FoundationEssentials
import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct MoneyTests {
    private let scene = Scene()

    private func usage(_ counts: [(TokenUsage.Kind, Int)]) -> TokenUsage {
        counts.reduce(into: TokenUsage()) { $0.add($1.1, $1.0) }
    }

    private func done(_ id: String, _ usage: String) -> String {
        #"b 0 {"type":"response.done","response":{"id":"\#(id)","status":"completed","usage":\#(usage)}}"#
    }

    /// Computed by hand from the vendor's prices, in US dollars.
    @Test(arguments: [
        // A million of each, one at a time.
        ("gpt-realtime", [(TokenUsage.Kind(.input, .audio), 1_000_000)], 32.0),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .audio, .cached), 1_000_000)], 0.4),
        ("gpt-realtime", [(TokenUsage.Kind(.output, .audio), 1_000_000)], 64),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .text), 1_000_000)], 4),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .text, .cached), 1_000_000)], 0.4),
        ("gpt-realtime", [(TokenUsage.Kind(.output, .text), 1_000_000)], 16),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .image), 1_000_000)], 5),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .image, .cached), 1_000_000)], 0.5),
        // 2,000 · 10 + 8,000 · 0.3 + 500 · 0.6 + 1,500 · 0.06 + 900 · 20 + 300 · 2.4 = 41,510 millionths.
        (
            "gpt-realtime-mini-2025-10-06",
            [
                (TokenUsage.Kind(.input, .audio), 2000), (TokenUsage.Kind(.input, .audio, .cached), 8000),
                (TokenUsage.Kind(.input, .text), 500), (TokenUsage.Kind(.input, .text, .cached), 1500),
                (TokenUsage.Kind(.output, .audio), 900), (TokenUsage.Kind(.output, .text), 300),
            ], 0.04151
        ),
        ("gpt-realtime", [], 0),
    ])
    func `tokens cost what the table says`(
        model: String, tokens: [(TokenUsage.Kind, Int)], dollars: Double
    ) throws {
        let cost = try #require(PriceTable.bundled.dollars(for: usage(tokens), on: model))
        #expect(abs(cost - dollars) < 1e-12)
    }

    @Test(arguments: [
        ("gpt-unheard-of", [(TokenUsage.Kind(.input, .text), 1)]),
        ("gpt-realtime-2099", [(TokenUsage.Kind(.input, .text), 1)]),
        ("gpt-4o-realtime-preview", [(TokenUsage.Kind(.input, .image), 1)]),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .unknown, .unknown), 1)]),
        ("gpt-realtime", [(TokenUsage.Kind(.input, .audio, .unknown), 1)]),
        ("whisper-1", [(TokenUsage.Kind(.input, .audio), 1)]),
    ])
    func `what has no price costs nobody knows what`(model: String, tokens: [(TokenUsage.Kind, Int)]) {
        #expect(PriceTable.bundled.dollars(for: usage(tokens), on: model) == nil)
    }

    @Test func `minutes of audio cost what the table says`() throws {
        let cost = try #require(PriceTable.bundled.dollars(forSeconds: 90, on: "whisper-1"))
        #expect(abs(cost - 0.009) < 1e-12)
        #expect(PriceTable.bundled.dollars(forSeconds: 90, on: "gpt-4o-transcribe") == nil)
    }

    /// What a usage says, and the tokens that it is.
    @Test(arguments: [
        (
            #"{"input_tokens":100,"output_tokens":60,"input_token_details":{"text_tokens":40,"#
                + #""audio_tokens":60,"cached_tokens":50,"cached_tokens_details":{"text_tokens":30,"#
                + #""audio_tokens":20}},"output_token_details":{"text_tokens":10,"audio_tokens":50}}"#,
            "input audio false 40, input audio true 20, input text false 10, input text true 30, "
                + "output audio false 50, output text false 10"
        ),
        // More cached than there are: a subset cannot be larger than the whole.
        (
            #"{"input_token_details":{"audio_tokens":60,"cached_tokens_details":{"audio_tokens":80,"text_tokens":9}}}"#,
            "input audio true 60"
        ),
        // Without the modality of the cached ones it is known only where there is one modality.
        (
            #"{"input_token_details":{"audio_tokens":60,"text_tokens":0,"cached_tokens":20,"#
                + #""cached_tokens_details":{}}}"#,
            "input audio false 40, input audio true 20"
        ),
        (
            #"{"input_token_details":{"audio_tokens":60,"text_tokens":5,"cached_tokens":20}}"#,
            "input audio unknown 60, input text unknown 5"
        ),
        (#"{"input_token_details":{"audio_tokens":60,"text_tokens":5}}"#, "input audio false 60, input text false 5"),
        // What the details leave out is unknown.
        (
            #"{"input_tokens":70,"output_tokens":9,"input_token_details":{"audio_tokens":60}}"#,
            "input audio false 60, input unknown unknown 10, output unknown false 9"
        ),
        (#"{"input_tokens":-5,"output_tokens":1e12,"input_token_details":{"audio_tokens":"many"}}"#, ""),
        (#"{}"#, ""),
    ])
    func `a usage is read as it is`(usage: String, expected: String) throws {
        try scene.play(done("r", usage))
        let tokens = scene.snapshot.state.sessions.usage.tokens.filter { $0.value.count > 0 }
        let shown = tokens.map { key, count in
            "\(key.kind.direction.rawValue) \(key.kind.modality.rawValue) \(key.kind.caching.rawValue) \(count.count)"
        }
        #expect(shown.sorted().joined(separator: ", ") == expected)
    }

    private static let million = #"{"input_token_details":{"audio_tokens":1000000}}"#

    @Test func `money is shown in total, per minute and per session`() throws {
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-realtime"}}"#)
        try scene.play(done("r1", Self.million) + "\n" + done("r2", Self.million))
        #expect(scene.snapshot.story(ofSession: "call")?.cost == 64)
        scene.clock.advance(seconds: 60)
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        let usage = scene.snapshot.sessions.usage
        #expect(usage.costTotal == 64)
        #expect(usage.costPerMinute == 12.8)
        #expect(usage.costPerSession == 64)
        #expect(usage.unpricedCount == 0)
        #expect(usage.cacheHitRatio == 0)
        #expect(usage.pricesAsOf == "2026-11-23")
    }

    @Test func `an unknown price is unknown and counted, never 0`() throws {
        #expect(try scene.numbers() == [])
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-next"}}"#)
        try scene.play(done("r1", Self.million))
        let usage = scene.snapshot.sessions.usage
        #expect(usage.costTotal == nil)
        #expect(usage.costPerMinute == nil)
        #expect(usage.unpricedLastHour[.noPrice] == 1)
        #expect(scene.snapshot.story(ofSession: "call")?.cost == nil)
        #expect(scene.snapshot.state.sessions.usage.costs.keys.map(\.rawValue) == ["transcription"])
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        #expect(scene.snapshot.sessions.usage.costPerSession == nil)
    }

    @Test func `a session with one unknown part has an unknown cost`() throws {
        try scene.play(done("r0", Self.million))
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-realtime"}}"#)
        try scene.play(done("r1", Self.million))
        #expect(scene.snapshot.story(ofSession: "call")?.cost == nil)
        #expect(scene.snapshot.sessions.usage.costTotal == 32)
        #expect(scene.snapshot.sessions.usage.unpricedLastHour[.unknownModel] == 1)
    }

    @Test func `a transcription by length is billed by its minutes`() throws {
        try scene.play(
            """
            b 0 {"type":"session.created","session":{"model":"gpt-realtime",\
            "audio":{"input":{"transcription":{"model":"whisper-1"}}}}}
            b 10 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u","transcript":"x",\
            "usage":{"type":"duration","seconds":30}}
            """)
        #expect(try scene.numbers().contains("transcribed_audio_seconds_total 30"))
        #expect(try scene.numbers().contains(#"cost_dollars_total{use="transcription"} 0.003"#))
    }

    @Test func `usage that comes after the end counts in total`() throws {
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-realtime"}}"#)
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        try scene.play(done("r1", Self.million))
        #expect(scene.snapshot.sessions.usage.costTotal == 32)
        #expect(scene.snapshot.sessions.activeCount == 0)
    }

    @Test func `another table replaces the one that comes along`() throws {
        let json = #"{"as_of":"2030-01-01","models":{"gpt-next":{"audio_input":1}}}"#
        var configuration = MonitorConfiguration()
        configuration.prices = try JSONDecoder().decode(PriceTable.self, from: Data(json.utf8))
        let scene = Scene(configuration)
        try scene.play(#"b 0 {"type":"session.created","session":{"model":"gpt-next-2029-01-02"}}"#)
        try scene.play(done("r1", Self.million))
        #expect(scene.snapshot.sessions.usage.costTotal == 1)
        #expect(scene.snapshot.sessions.usage.pricesAsOf == "2030-01-01")
    }

    @Test(arguments: [
        (#"{"as_of":"d","models":{"m":{"audio_inputs":1}}}"#, "models.m.audio_inputs is nothing that is priced."),
        (#"{"as_of":"d","models":{"m":{"audio_input":-1}}}"#, "models.m.audio_input must not be negative."),
    ])
    func `a bad table says what is wrong`(json: String, message: String) throws {
        let error = #expect(throws: PriceTableError.self) {
            try JSONDecoder().decode(PriceTable.self, from: Data(json.utf8))
        }
        #expect(error?.description == message)
    }
}
