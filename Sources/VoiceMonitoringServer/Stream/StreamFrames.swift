import Synchronization
import VoiceMonitoring

/// Makes the frames of a tick.
struct StreamFrames {
    private let snapshot: MonitorSnapshot
    /// How far the feeds were told before; nothing of those that were not.
    private let positions: [StreamTopic: FeedPosition]
    private var complete: [StreamTopic: StreamFrame] = [:]

    init(_ snapshot: MonitorSnapshot, since positions: [StreamTopic: FeedPosition]) {
        self.snapshot = snapshot
        self.positions = positions
    }

    /// The frames that are due at a tick, in seconds, out of those that somebody takes.
    func due(at tick: Int, isTaken: (StreamFrame.Slot) -> Bool) throws -> [StreamFrame] {
        var frames: [StreamFrame] = []
        if tick.isMultiple(of: Self.wholeInterval), isTaken(.whole) {
            frames.append(try StreamFrame(.whole, snapshot.streamMessage))
        }
        for topic in StreamTopic.allCases where tick.isMultiple(of: topic.interval) && isTaken(.topic(topic)) {
            frames.append(try StreamFrame(.topic(topic), snapshot.message(on: topic, since: positions[topic])))
        }
        if tick.isMultiple(of: Self.pingInterval), isTaken(.ping) {
            frames.append(try StreamFrame(.ping, StreamPing(serverTime: snapshot.now.wall)))
        }
        return frames
    }

    /// A frame for a client that missed the one before: of a feed all that is kept.
    mutating func complete(_ frame: StreamFrame) throws -> StreamFrame {
        guard case .topic(let topic) = frame.slot, topic.feedCapacity != nil else { return frame }
        if let made = complete[topic] { return made }
        let made = try StreamFrame(frame.slot, snapshot.message(on: topic))
        complete[topic] = made
        return made
    }

    /// How far the feeds are told after a tick.
    func positions(after tick: Int) -> [StreamTopic: FeedPosition] {
        let told = StreamTopic.allCases.filter { $0.feedCapacity != nil && tick.isMultiple(of: $0.interval) }
        return positions.merging(told.map { ($0, snapshot.feedPosition) }) { _, new in new }
    }

    /// SPEC section 8, "Base refresh rate". Seconds.
    private static let wholeInterval = 2
    /// Seconds.
    private static let pingInterval = 5
}
