import Testing

@testable import VoiceMonitoring

/// Calls that are written down event by event, with every number that follows from them. What is not named is 0.
@Suite struct WholeCallTests {
    private let scene = Scene()

    private func expect(_ numbers: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let expected = numbers.split(separator: "\n").map(String.init)
        #expect(try scene.numbers() == expected, sourceLocation: sourceLocation)
    }

    @Test func `a turn gives its latencies, its parts, its tokens and its cost`() throws {
        try scene.play(Scripts.normal)
        // Response: 10 · 4 + 30 · 0.4 + 40 · 32 + 20 · 0.4 + 10 · 16 + 50 · 64 = 4,700 millionths.
        // Transcription: 20 · 2.5 + 6 · 10 = 110 millionths.
        try expect(
            """
            cost_dollars_total{use="response"} 0.0047
            cost_dollars_total{use="transcription"} 0.00011
            responses_total{status="completed"} 1
            sessions{state="active"} 1
            sessions_by_model{model="gpt-realtime"} 1
            sessions_started_total 1
            time_to_answer_seconds_sum 0.9
            time_to_answer_seconds_count 1
            time_to_first_audio_part_seconds_sum{part="model"} 0.45
            time_to_first_audio_part_seconds_count{part="model"} 1
            time_to_first_audio_part_seconds_sum{part="request"} 0.05
            time_to_first_audio_part_seconds_count{part="request"} 1
            time_to_first_audio_part_seconds_sum{part="transcription"} 0.4
            time_to_first_audio_part_seconds_count{part="transcription"} 1
            time_to_first_audio_seconds_sum 0.9
            time_to_first_audio_seconds_count 1
            tokens_total{use="response",direction="input",modality="audio",cached="false"} 40
            tokens_total{use="response",direction="input",modality="audio",cached="true"} 20
            tokens_total{use="response",direction="input",modality="text",cached="false"} 10
            tokens_total{use="response",direction="input",modality="text",cached="true"} 30
            tokens_total{use="response",direction="output",modality="audio",cached="false"} 50
            tokens_total{use="response",direction="output",modality="text",cached="false"} 10
            tokens_total{use="transcription",direction="input",modality="audio",cached="false"} 18
            tokens_total{use="transcription",direction="input",modality="text",cached="false"} 2
            tokens_total{use="transcription",direction="output",modality="text",cached="false"} 6
            turn_duration_seconds_sum 1.5
            turn_duration_seconds_count 1
            turn_playback_end_seconds_sum 3
            turn_playback_end_seconds_count 1
            vad_activations_total 1
            """)
        let turn = try #require(scene.snapshot.slowestTurns.turns.first)
        #expect(turn.turnID == "u1")
        #expect(
            turn.marks.map(\.mark) == [
                .speechEndDetected, .transcriptionComplete, .llmFirstToken, .audioPlaybackStart, .responseComplete,
            ])
        #expect(turn.marks.map(\.milliseconds) == [0, 400, 800, 900, 1500])
    }

    @Test func `a tool call is bridged by filler, which is the first audio and not the answer`() throws {
        try scene.play(Scripts.toolCall)
        #expect(scene.snapshot.sessions.byState[.active] == 1)
        try expect(
            """
            responses_total{status="completed"} 2
            sessions{state="active"} 1
            sessions_started_total 1
            time_to_answer_seconds_sum 9
            time_to_answer_seconds_count 1
            time_to_first_audio_part_seconds_sum{part="model"} 0.6
            time_to_first_audio_part_seconds_count{part="model"} 1
            time_to_first_audio_part_seconds_sum{part="request"} 0.2
            time_to_first_audio_part_seconds_count{part="request"} 1
            time_to_first_audio_seconds_sum 0.8
            time_to_first_audio_seconds_count 1
            tool_calls_requested_total{tool="delegate"} 1
            tool_results_delivered_total{tool="delegate"} 1
            turn_duration_seconds_sum 9.5
            turn_duration_seconds_count 1
            turn_playback_end_seconds_sum 12
            turn_playback_end_seconds_count 1
            vad_activations_total 1
            """)
        #expect(scene.snapshot.tools.agentsDelegated == ["foundation:explorer": 1])
    }

    @Test func `while a tool is asked for, the session executes a tool`() throws {
        var script = RealtimeScript(Scripts.toolCall)
        script.lines.removeLast(6)
        try scene.play(script)
        #expect(scene.snapshot.sessions.byState[.toolExecuting] == 1)
    }

    @Test func `a barge-in is confirmed by its words and the reply to them`() throws {
        try scene.play(Scripts.bargeIn)
        try expect(
            """
            interruption_reaction_seconds_sum 0.18
            interruption_reaction_seconds_count 1
            interruptions_total{outcome="confirmed"} 1
            response_cancellations_total{reason="turn_detected"} 1
            responses_total{status="cancelled"} 1
            responses_total{status="completed"} 1
            sessions{state="active"} 1
            sessions_started_total 1
            time_to_answer_seconds_sum 0.7
            time_to_answer_seconds_count 1
            time_to_first_audio_part_seconds_sum{part="model"} 0.35
            time_to_first_audio_part_seconds_count{part="model"} 1
            time_to_first_audio_part_seconds_sum{part="request"} 0.05
            time_to_first_audio_part_seconds_count{part="request"} 1
            time_to_first_audio_part_seconds_sum{part="transcription"} 0.3
            time_to_first_audio_part_seconds_count{part="transcription"} 1
            time_to_first_audio_seconds_sum 0.7
            time_to_first_audio_seconds_count 1
            turn_duration_seconds_sum 1.2
            turn_duration_seconds_count 1
            turn_playback_end_seconds_sum 2
            turn_playback_end_seconds_count 1
            vad_activations_total 2
            """)
    }

    @Test func `a cough that cuts off a reply leaves the user in silence`() throws {
        try scene.play(Scripts.falseBargeIn, thenWait: 4)
        try expect(
            """
            dead_air_total{cause="empty_transcript"} 1
            interruption_reaction_seconds_sum 0.2
            interruption_reaction_seconds_count 1
            interruptions_orphaned_total 1
            interruptions_total{outcome="empty"} 1
            response_cancellations_total{reason="turn_detected"} 1
            responses_total{status="cancelled"} 1
            sessions{state="active"} 1
            sessions_started_total 1
            vad_activations_total 2
            vad_false_positives_total 1
            """)
        try scene.play(
            """
            b 20000 {"type":"input_audio_buffer.speech_started","item_id":"u3"}
            """)
        // From the end of the cough to the user's next word, on the browser's clock.
        #expect(scene.snapshot.latency.deadAir.length.max == 14_600)
    }

    @Test func `a failed response is an error, and the silence after it has its cause`() throws {
        try scene.play(Scripts.failed, thenWait: 4)
        try expect(
            """
            dead_air_total{cause="response_failed"} 1
            errors_total{category="openai_api",code="rate_limit_exceeded"} 1
            rate_limit_maximum{limit="tokens"} 40000
            rate_limit_remaining{limit="tokens"} 250
            responses_total{status="failed"} 1
            sessions{state="active"} 1
            sessions_started_total 1
            vad_activations_total 1
            """)
        let error = try #require(scene.snapshot.errors.recentErrors.first)
        #expect(error.message == "The Realtime API gave no message.")
        #expect(error.session == "call")
        let limit = try #require(scene.snapshot.errors.rateLimits[.tokens])
        #expect(limit.headroomRatio == 0.00625)
        #expect(scene.snapshot.errors.rateLimits[.requests] == nil)
    }

    @Test func `a cancelled response is counted and kept out of the percentiles`() throws {
        try scene.play(Scripts.cancelled)
        try expect(
            """
            response_cancellations_total{reason="client_cancelled"} 1
            responses_total{status="cancelled"} 1
            sessions{state="active"} 1
            sessions_started_total 1
            vad_activations_total 1
            """)
    }

    @Test func `two feeds of one call count as one, by the browser's clock`() throws {
        let browser = Scene()
        try browser.play(Scripts.bargeIn)
        try scene.play(Scripts.bothFeeds)
        #expect(try scene.numbers() == browser.numbers())
    }

    @Test func `the sideband alone is timed by its own clock`() throws {
        let browser = Scene()
        try browser.play(Scripts.bargeIn)
        try scene.play(Scripts.bargeIn.replacingLines("b ", with: "s "))
        #expect(try scene.numbers() == browser.numbers())
    }

    @Test func `the beta's names and shapes tell the same`() throws {
        try scene.play(Scripts.beta)
        try expect(
            """
            cost_dollars_total{use="response"} 0.00112
            responses_total{status="completed"} 2
            sessions{state="active"} 1
            sessions_by_model{model="gpt-4o-realtime-preview"} 1
            sessions_started_total 1
            time_to_answer_seconds_sum 2.5
            time_to_answer_seconds_count 1
            time_to_first_audio_part_seconds_sum{part="model"} 0.4
            time_to_first_audio_part_seconds_count{part="model"} 1
            time_to_first_audio_part_seconds_sum{part="request"} 0.1
            time_to_first_audio_part_seconds_count{part="request"} 1
            time_to_first_audio_seconds_sum 0.5
            time_to_first_audio_seconds_count 1
            tokens_total{use="response",direction="input",modality="audio",cached="unknown"} 60
            tokens_total{use="response",direction="input",modality="text",cached="false"} 12
            tokens_total{use="response",direction="input",modality="text",cached="unknown"} 40
            tokens_total{use="response",direction="output",modality="audio",cached="false"} 12
            tokens_total{use="response",direction="output",modality="text",cached="false"} 5
            tool_calls_malformed_total 1
            tool_calls_requested_total{tool="bash"} 1
            tool_results_delivered_total{tool="bash"} 1
            turn_duration_seconds_sum 2.7
            turn_duration_seconds_count 1
            unpriced_usage_total{reason="unknown_tokens"} 1
            vad_activations_total 1
            """)
    }

    @Test func `what is lost is no sample, and what is left counts`() throws {
        try scene.play(
            """
            b 0 {"type":"input_audio_buffer.speech_stopped","item_id":"u1","audio_end_ms":3000}
            b 700 {"type":"output_audio_buffer.started","response_id":"r1"}
            b 1500 {"type":"response.done","response":{"id":"r1","status":"completed"}}
            b 5000 {"type":"response.done","response":{"id":"r2","status":"completed"}}
            """)
        try expect(
            """
            responses_total{status="completed"} 2
            sessions{state="active"} 1
            sessions_started_total 1
            time_to_answer_seconds_sum 0.7
            time_to_answer_seconds_count 1
            time_to_first_audio_seconds_sum 0.7
            time_to_first_audio_seconds_count 1
            turn_duration_seconds_sum 1.5
            turn_duration_seconds_count 1
            vad_activations_total 1
            """)
    }

    @Test func `a call in another order tells the same, by the clock of its feed`() throws {
        let ordered = Scene()
        try ordered.play(Scripts.normal)
        var script = RealtimeScript(Scripts.normal)
        let first = script.lines.removeFirst()
        for _ in 0..<script.lines.count / 2 { script.lines.append(script.lines.removeFirst()) }
        script.lines.insert(first, at: 0)
        try scene.play(script)
        #expect(try scene.numbers() == ordered.numbers())
    }

    @Test(arguments: Scripts.all) func `a repeated call counts once`(script: String) throws {
        let once = Scene()
        try once.play(script, thenWait: 4)
        let lines = RealtimeScript(script).lines
        var doubled = RealtimeScript("")
        doubled.lines = lines.flatMap { [$0, $0] }
        try scene.play(doubled)
        for event in try RealtimeScript(script).events() { scene.monitor.record(event) }
        scene.clock.advance(seconds: 4)
        #expect(try scene.numbers() == once.numbers())
    }
}

extension String {
    fileprivate func replacingLines(_ prefix: String, with other: String) -> String {
        split(separator: "\n").map { $0.hasPrefix(prefix) ? other + $0.dropFirst(prefix.count) : String($0) }
            .joined(separator: "\n")
    }
}
