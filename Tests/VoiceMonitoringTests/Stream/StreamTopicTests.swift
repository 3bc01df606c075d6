import Testing

@testable import VoiceMonitoring

@Suite struct StreamTopicTests {
    /// The fields of SPEC's dataclasses that each topic carries, beside the time.
    @Test(arguments: [
        (
            StreamTopic.sessions,
            #"{"active_count":0,"by_state":{"active":0,"idle":0,"tool_executing":0},"connecting_count":0,"#
                + #""last_session_ended":null,"last_session_started":null,"limit":50,"#
                + #""server_time":"2026-01-31T12:00:00.000Z"}"#
        ),
        (
            .buffer,
            #"{"buffer_health":null,"buffer_level_ms":null,"buffer_underruns":0,"buffer_underruns_last_hour":0,"#
                + #""server_time":"2026-01-31T12:00:00.000Z"}"#
        ),
        (
            .tools,
            #"{"calls_last_hour":0,"calls_per_minute":0,"full":true,"in_progress":0,"omitted":0,"#
                + #""recent_calls":[],"server_time":"2026-01-31T12:00:00.000Z","total_calls":0}"#
        ),
    ])
    func `a topic is one flat object with its time`(topic: StreamTopic, expected: String) throws {
        #expect(try Self.encoded(topic) == expected)
    }

    @Test(arguments: [
        (StreamTopic.tasks, ["active_tasks", "active_count", "queue_depth", "status"]),
        (.errors, ["recent_errors", "total_errors_per_minute", "session_failure_rate", "full", "status"]),
        (.latency, ["ttfa", "turn", "status"]),
        (.network, ["packet_loss_pct", "jitter_ms", "rtt_ms", "mos_score", "mos_g107", "quality_rating", "codec"]),
    ])
    func `a topic holds what its rows of the dashboard show`(topic: StreamTopic, fields: [String]) throws {
        let text = try Self.encoded(topic)
        for field in fields { #expect(text.contains("\"\(field)\":")) }
    }

    @Test func `news is counted by topic`() {
        let scene = Scene()
        scene.monitor.recordError(category: .audio, code: "anything", message: "m")
        scene.monitor.recordToolCall(toolName: "bash", durationMilliseconds: 5, success: true, sessionID: "one")
        scene.monitor.recordToolCall(toolName: "bash", durationMilliseconds: 5, success: false, sessionID: "one")
        let snapshot = scene.snapshot
        #expect(StreamTopic.allCases.map(snapshot.newsCount) == [1, 0, 1, 2, nil, nil, nil])
        #expect(scene.monitor.newsCount == 4)
    }

    @Test func `what a session does is news, and that it goes on is none`() {
        let scene = Scene()
        let kinds: [VoiceEvent.Kind] = [
            .sessionConnecting, .sessionStarted, .sessionState(.idle), .sessionState(.idle), .sessionHeartbeat,
            .sessionState(.toolExecuting), .sessionEnded(SessionEnd()),
        ]
        let counts = kinds.map { kind in
            scene.tell(kind, session: "one")
            return scene.snapshot.newsCount(of: .sessions)
        }
        #expect(counts == [1, 2, 3, 3, 3, 4, 5])
    }

    private static func encoded(_ topic: StreamTopic) throws -> String {
        try json(Scene().snapshot.message(on: topic))
    }
}
