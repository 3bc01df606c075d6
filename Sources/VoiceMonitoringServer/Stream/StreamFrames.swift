import NIOCore
import VoiceMonitoring

/// Makes the frames of one moment, each once for all the clients that need the same.
struct StreamFrames {
    let snapshot: MonitorSnapshot
    private let alerts: AlertLog
    private let toldTasks: ToldTasks?
    private var made: [Need: StreamFrame] = [:]

    private struct Need: Hashable {
        var slot: StreamFrame.Slot
        var told: Int?
        var limit: Int
    }

    /// `toldTasks` is what the clients were told of tasks before this moment.
    init(_ snapshot: MonitorSnapshot, alerts: AlertLog, toldTasks: ToldTasks? = nil) {
        self.snapshot = snapshot
        self.alerts = alerts
        self.toldTasks = toldTasks
    }

    /// The frame of a slot. Of a feed it holds the records after the first `told`, of those the newest `limit`, or all
    /// that are kept where nothing was told. Of tasks it holds what changed, or all where nothing was told.
    mutating func frame(_ slot: StreamFrame.Slot, after told: Int? = nil, limit: Int = .max) throws -> StreamFrame {
        let need = Need(slot: slot, told: told, limit: limit)
        if let frame = made[need] { return frame }
        let frame = try make(need)
        made[need] = frame
        return frame
    }

    /// How many records of a feed there were.
    func end(of feed: StreamFeed) -> Int {
        switch feed {
        case .errors: snapshot.newsCount(of: .errors) ?? 0
        case .tools: snapshot.newsCount(of: .tools) ?? 0
        case .alerts: alerts.count
        }
    }

    /// The end of all feeds.
    var position: StreamPosition {
        StreamPosition(Dictionary(uniqueKeysWithValues: StreamFeed.allCases.map { ($0, end(of: $0)) }))
    }

    private func make(_ need: Need) throws -> StreamFrame {
        switch need.slot {
        case .whole:
            return try StreamFrame(.whole, snapshot.streamMessage)
        case .topic(let topic):
            let content = snapshot.message(
                on: topic, after: need.told, limit: need.limit, tasks: need.told == nil ? nil : toldTasks)
            guard let feed = StreamFeed(need.slot) else { return try StreamFrame(need.slot, content) }
            let end = end(of: feed)
            let first = min(need.told ?? 0, end)
            return try StreamFrame(
                need.slot, content, records: first..<end, isComplete: need.told == nil || end - first <= need.limit)
        case .alert:
            let told = min(need.told ?? alerts.count, alerts.count)
            let content = StreamAlerts(serverTime: snapshot.now.wall, alerts: alerts.alerts(after: told))
            return try StreamFrame(.alert, content, records: told..<alerts.count)
        case .ping, .hello, .bye:
            return try StreamFrame(need.slot, StreamPing(serverTime: snapshot.now.wall))
        }
    }
}
