import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

@Suite struct InterruptionTests {
    private let scene = Scene()

    /// The assistant is heard, and an utterance of so many milliseconds of audio begins.
    private func interrupt(audio: Double) -> String {
        """
        b 0 {"type":"session.created","session":{"audio":{"input":{"turn_detection":{"type":"server_vad",\
        "prefix_padding_ms":300,"silence_duration_ms":500}}}}}
        b 100 {"type":"output_audio_buffer.started","response_id":"r1"}
        b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1","audio_start_ms":700}
        b 1150 {"type":"output_audio_buffer.cleared","response_id":"r1"}
        b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1","audio_end_ms":\(700 + audio)}

        """
    }

    private static let words =
        #"b 2300 {"type":"conversation.item.input_audio_transcription.completed","item_id":"u1","transcript":"Hm"}"#
    private static let reply = #"b 2400 {"type":"response.created","response":{"id":"r2"}}"#

    /// The length of its audio, what follows, what it turns out to be, and whether it leaves a reply orphaned.
    @Test(arguments: [
        (2000.0, [words, reply], InterruptionOutcome.confirmed, false),
        (2000, [reply, words], .confirmed, false), (2000, [reply], .confirmed, false),
        (2000, [words], .noReply, true), (2000, [], .noReply, true),
        (2000, [words.replacing("Hm", with: "")], .empty, true),
        (2000, [words.replacing("Hm", with: ""), reply], .empty, false),
        (1000, [words], .short, true), (1000, [words, reply], .short, false),
        (1001, [words, reply], .confirmed, false),
    ])
    func `an interruption turns out`(
        audio: Double, next: [String], outcome: InterruptionOutcome, isOrphaned: Bool
    ) throws {
        try scene.play(interrupt(audio: audio) + next.joined(separator: "\n"), thenWait: 4)
        let interruptions = scene.snapshot.state.audio.interruptions
        #expect(interruptions.byOutcome.total.counts == [outcome: 1])
        #expect(interruptions.orphaned.count == (isOrphaned ? 1 : 0))
        let isFalse = outcome == .empty || outcome == .short
        #expect(scene.snapshot.audio.vadTriggeredCount == 1)
        #expect(scene.snapshot.audio.falsePositiveInterrupts == (isFalse ? 1 : 0))
        #expect(scene.snapshot.audio.interruptions.reaction.max == 150)
    }

    @Test func `speech in a pause interrupts nobody`() throws {
        try scene.play(
            """
            b 100 {"type":"output_audio_buffer.started","response_id":"r1"}
            b 900 {"type":"output_audio_buffer.stopped","response_id":"r1"}
            b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
            b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
            """, thenWait: 4)
        #expect(scene.snapshot.audio.interruptions.byOutcome.values.allSatisfy { $0 == 0 })
    }

    @Test func `playback that is told to stop before the speech that stopped it is the same interruption`() throws {
        try scene.play(
            """
            b 100 {"type":"output_audio_buffer.started","response_id":"r1"}
            b 1150 {"type":"output_audio_buffer.cleared","response_id":"r1"}
            b 1000 {"type":"input_audio_buffer.speech_started","item_id":"u1"}
            b 2000 {"type":"input_audio_buffer.speech_stopped","item_id":"u1"}
            """, thenWait: 4)
        #expect(scene.snapshot.state.audio.interruptions.byOutcome.total.counts == [.noReply: 1])
        #expect(scene.snapshot.audio.interruptions.reaction.max == 150)
    }

    @Test func `a call that ends decides what is open`() throws {
        try scene.play(interrupt(audio: 2000))
        scene.tell(.sessionEnded(SessionEnd()), session: "call")
        #expect(scene.snapshot.state.audio.interruptions.byOutcome.total.counts == [.noReply: 1])
    }

    @Test func `activations that are told by events count once`() throws {
        scene.tell(.vad(.speech), session: "call")
        try scene.play(Scripts.falseBargeIn)
        #expect(scene.snapshot.audio.vadTriggeredCount == 1)
        #expect(scene.snapshot.audio.falsePositiveInterrupts == 0)
    }
}
