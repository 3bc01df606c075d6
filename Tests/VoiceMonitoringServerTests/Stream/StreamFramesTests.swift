import FoundationEssentials
import NIOCore
import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct StreamFramesTests {
    private struct Feed: Decodable {
        struct Record: Decodable {
            let message: String
        }
        let full: Bool
        let omitted: Int
        let recent_errors: [Record]
    }

    private let monitor = Monitor()

    /// How many errors there were, how many were told, and the limit; whether the frame is full, the messages, and how
    /// many are left out.
    @Test(
        arguments: [
            (0, nil, Int.max, (true, [], 0)),
            (3, nil, Int.max, (true, [1, 2, 3], 0)),
            (3, 1, Int.max, (false, [2, 3], 0)),
            (3, 3, Int.max, (false, [], 0)),
            (30, 5, 20, (false, Array(11...30), 5)),
            (60, 59, 20, (false, [60], 0)),
            (60, 9, Int.max, (true, Array(11...60), 1)),
            (60, nil, Int.max, (true, Array(11...60), 0)),
        ] as [(Int, Int?, Int, (Bool, [Int], Int))])
    func `a feed tells what came after what was told`(
        count: Int, told: Int?, limit: Int, expected: (full: Bool, numbers: [Int], omitted: Int)
    ) throws {
        for number in 0..<count {
            monitor.recordError(category: .audio, code: "codec_error", message: "\(number + 1)")
        }
        var frames = StreamFrames(monitor.snapshot(), alerts: AlertLog())
        let frame = try frames.frame(.topic(.errors), after: told, limit: limit)
        let feed = try Self.feed(frame)
        #expect(feed.full == expected.full)
        #expect(feed.recent_errors.reversed().map(\.message) == expected.numbers.map(String.init))
        #expect(feed.omitted == expected.omitted)
        #expect(frame.records == (told ?? 0)..<count)
        #expect(frame.isComplete == (told == nil || count - (told ?? 0) <= limit))
    }

    @Test func `a frame that several need is made once`() throws {
        var frames = StreamFrames(monitor.snapshot(), alerts: AlertLog())
        let first = try frames.frame(.topic(.tools), after: 0)
        let second = try frames.frame(.topic(.tools), after: 0)
        #expect(first.made == second.made)
    }

    @Test func `a topic has a new edition when what it says changed, and not because time went by`() throws {
        var editions = StreamEditions()
        var found: [[Int]] = []
        for step in 0..<4 {
            if step == 2 { monitor.recordSessionStart(sessionID: "one") }
            if step == 3 { monitor.recordError(category: .audio, code: "codec_error", message: "m") }
            let snapshot = monitor.snapshot()
            found.append(
                try [.sessions, .errors, .latency].map { try editions.edition(of: $0, in: snapshot) })
        }
        #expect(found == [[1, 1, 1], [1, 1, 1], [2, 1, 1], [2, 2, 1]])
    }

    private static func feed(_ frame: StreamFrame) throws -> Feed {
        let text = String(buffer: frame.bytes)
        let data = try #require(text.split(separator: "\n").first { $0.hasPrefix("data: ") })
        return try JSONDecoder().decode(Feed.self, from: Data(data.dropFirst("data: ".count).utf8))
    }
}
