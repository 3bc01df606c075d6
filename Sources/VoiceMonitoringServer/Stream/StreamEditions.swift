import NIOCore
import VoiceMonitoring

/// Which edition of each topic is the current one: a new one comes with every change of what the topic says.
struct StreamEditions {
    private var editions: [StreamTopic: Int] = [:]
    private var essences: [StreamTopic: ByteBuffer] = [:]

    /// The edition of a topic at a moment.
    mutating func edition(of topic: StreamTopic, in snapshot: MonitorSnapshot) throws -> Int {
        let essence = try JSONBody.encode(snapshot.essence(of: topic))
        if essences[topic] != essence {
            essences[topic] = essence
            editions[topic, default: 0] += 1
        }
        return editions[topic, default: 0]
    }
}
