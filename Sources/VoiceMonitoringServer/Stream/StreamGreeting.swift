import VoiceMonitoring

/// The first named event: who speaks, when, and how often.
struct StreamGreeting: Encodable {
    /// The version of the named events.
    private let proto = 1
    /// Another one after every start of the process.
    let bootID: String
    let serverTime: WallTime
    let build: String
    /// Seconds.
    private let intervals = Dictionary(uniqueKeysWithValues: StreamTopic.allCases.map { ($0, $0.interval) })
    /// Records.
    private let limits = Dictionary(
        uniqueKeysWithValues: StreamTopic.allCases.compactMap { topic in topic.feedCapacity.map { (topic, $0) } })

    enum CodingKeys: String, CodingKey {
        case proto, build, intervals, limits
        case bootID = "boot_id"
        case serverTime = "server_time"
    }
}

/// A sign of life, whatever else happens.
struct StreamPing: Encodable {
    let serverTime: WallTime

    enum CodingKeys: String, CodingKey {
        case serverTime = "server_time"
    }
}

/// Numbers that crossed a threshold, newest first.
struct StreamAlerts: Encodable {
    let serverTime: WallTime
    let alerts: [ThresholdAlert]

    enum CodingKeys: String, CodingKey {
        case alerts
        case serverTime = "server_time"
    }
}

/// The last event: why it is the last, and when to come back.
struct StreamFarewell: Encodable {
    enum Reason: String, Encodable {
        /// The process ends.
        case shutdown
        /// The stream was open for long enough.
        case lifetime
    }

    let reason: Reason
    let retryMilliseconds: Int

    enum CodingKeys: String, CodingKey {
        case reason
        case retryMilliseconds = "retry_ms"
    }
}
