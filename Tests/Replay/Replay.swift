import FoundationEssentials
import PrometheusMetrics
import Synchronization
import VoiceMonitoring

/// Drives a monitor from a log on standard input, with the clocks in the log's hands, and prints what it shows at each
/// snapshot, so that an independent reference can be compared with it.
@main
struct Replay {
    static func main() throws {
        let decoder = JSONDecoder()
        var replay: Replay?
        while let line = readLine() {
            let command = try decoder.decode(Command.self, from: Data(line.utf8))
            if let start = command.start {
                replay = try Replay(start)
            } else {
                try replay?.perform(command)
            }
        }
    }

    private let clock: Clock
    private let monitor: Monitor
    private let registry = Registry()
    private var outcomes: [String] = []

    private init(_ start: Command.Start) throws {
        let clock = Clock(
            Timestamp(
                monotonic: MonotonicTime(nanoseconds: start.monotonic_ns),
                wall: WallTime(nanoseconds: start.wall_ns), utcOffsetSeconds: start.utc_offset_s))
        self.clock = clock
        monitor = Monitor(time: TimeSource { clock.now })
        try registry.register(monitor)
    }

    private mutating func perform(_ command: Command) throws {
        clock.advance(by: command.advance_ns ?? 0, jumping: command.jump_wall_ns ?? 0)
        if let event = command.event { outcomes.append(record(event)) }
        if let audio = command.audio {
            outcomes.append(record(Result { try audio.get().event(session: command.session_id) }))
        }
        if command.snapshot == true { try show() }
    }

    private func record(_ event: Result<VoiceEvent, any Error>) -> String {
        guard let event = try? event.get() else { return "rejected" }
        return monitor.record(event) == .accepted ? "accepted" : "duplicate"
    }

    private mutating func show() throws {
        let snapshot = monitor.snapshot()
        let view = View(
            summary: snapshot.summary, health: snapshot.health, stream: snapshot.streamMessage,
            slowest: snapshot.slowestTurns, metrics: String(decoding: registry.exposition(), as: UTF8.self),
            outcomes: outcomes)
        outcomes = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        print(String(decoding: try encoder.encode(view), as: UTF8.self))
    }
}

/// What is shown at a snapshot.
private struct View: Encodable {
    let summary: Summary
    let health: Health
    let stream: StreamMessage
    let slowest: SlowestTurnList
    let metrics: String
    let outcomes: [String]
}

/// One line of the log.
private struct Command: Decodable {
    struct Start: Decodable {
        let monotonic_ns: Int64
        let wall_ns: Int64
        let utc_offset_s: Int
    }

    let start: Start?
    let advance_ns: Int64?
    let jump_wall_ns: Int64?
    let event: Result<VoiceEvent, any Error>?
    let audio: Result<AudioPost, any Error>?
    let session_id: String?
    let snapshot: Bool?

    enum CodingKeys: String, CodingKey {
        case start, advance_ns, jump_wall_ns, event, audio, session_id, snapshot
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        start = try container.decodeIfPresent(Start.self, forKey: .start)
        advance_ns = try container.decodeIfPresent(Int64.self, forKey: .advance_ns)
        jump_wall_ns = try container.decodeIfPresent(Int64.self, forKey: .jump_wall_ns)
        event = container.contains(.event) ? Result { try container.decode(VoiceEvent.self, forKey: .event) } : nil
        audio = container.contains(.audio) ? Result { try container.decode(AudioPost.self, forKey: .audio) } : nil
        session_id = try container.decodeIfPresent(String.self, forKey: .session_id)
        snapshot = try container.decodeIfPresent(Bool.self, forKey: .snapshot)
    }
}

/// Clocks that stand still until the log moves them.
private final class Clock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) {
        time = Mutex(start)
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(by nanoseconds: Int64, jumping jump: Int64) {
        time.withLock { time in
            time.monotonic.nanoseconds += nanoseconds
            time.wall.nanoseconds += nanoseconds + jump
        }
    }
}
