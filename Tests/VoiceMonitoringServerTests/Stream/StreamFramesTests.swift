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
        let recent_errors: [Record]
    }

    /// The seconds of SPEC section 8: sessions 1; tasks, errors, tools and buffer 2; latency and network 5; the whole
    /// 2.
    @Test(arguments: [
        (1, ["sessions"]), (2, ["whole", "sessions", "tasks", "errors", "tools", "buffer"]), (3, ["sessions"]),
        (5, ["sessions", "latency", "network", "ping"]),
        (10, ["whole", "sessions", "tasks", "errors", "tools", "buffer", "latency", "network", "ping"]),
    ])
    func `everything comes at its own pace`(tick: Int, expected: [String]) throws {
        let due = try StreamFrames(Monitor().snapshot(), since: [:]).due(at: tick) { _ in true }
        let names = due.map { frame in
            switch frame.slot {
            case .topic(let topic): topic.rawValue
            default: "\(frame.slot)"
            }
        }
        #expect(names == expected)
    }

    @Test func `what nobody takes is not made`() throws {
        let due = try StreamFrames(Monitor().snapshot(), since: [:]).due(at: 10) { $0 == .topic(.tools) }
        #expect(due.map(\.slot) == [.topic(.tools)])
    }

    @Test func `a feed tells each record once, over ticks at which it is not due too`() throws {
        let monitor = Monitor()
        var positions: [StreamTopic: FeedPosition] = [:]
        var told: [[String]] = []
        for tick in 1...8 {
            monitor.recordError(category: .audio, code: "codec_error", message: "\(tick)")
            let frames = StreamFrames(monitor.snapshot(), since: positions)
            let due = try frames.due(at: tick) { $0 == .topic(.errors) }
            told += try due.map { try Self.feed($0).recent_errors.map(\.message) }
            positions = frames.positions(after: tick)
        }
        #expect(told == [["2", "1"], ["4", "3"], ["6", "5"], ["8", "7"]])
    }

    @Test func `who missed a frame of a feed gets all that is kept`() throws {
        let monitor = Monitor()
        for number in 1...60 {
            monitor.recordError(category: .audio, code: "codec_error", message: "\(number)")
        }
        let position = monitor.snapshot().feedPosition
        monitor.recordError(category: .audio, code: "codec_error", message: "61")
        var frames = StreamFrames(monitor.snapshot(), since: [.errors: position])
        let due = try #require(frames.due(at: 2) { $0 == .topic(.errors) }.first)
        let delta = try Self.feed(due)
        #expect(!delta.full)
        #expect(delta.recent_errors.map(\.message) == ["61"])
        let complete = try Self.feed(frames.complete(due))
        #expect(complete.full)
        #expect(complete.recent_errors.map(\.message) == (12...61).reversed().map(String.init))
    }

    private static func feed(_ frame: StreamFrame) throws -> Feed {
        let text = String(buffer: frame.bytes)
        let data = try #require(text.split(separator: "\n").first { $0.hasPrefix("data: ") })
        return try JSONDecoder().decode(Feed.self, from: Data(data.dropFirst("data: ".count).utf8))
    }
}
