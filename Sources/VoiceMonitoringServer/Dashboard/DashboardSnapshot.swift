import VoiceMonitoring

/// What stands in the page from the start, so that it shows numbers before its first request.
struct DashboardSnapshot: Encodable {
    let serverTime: WallTime
    let summary: Summary

    init(_ snapshot: MonitorSnapshot) {
        serverTime = snapshot.now.wall
        summary = snapshot.summary
    }

    enum CodingKeys: String, CodingKey {
        case summary
        case serverTime = "server_time"
    }
}
