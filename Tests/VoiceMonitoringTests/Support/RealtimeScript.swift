import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

/// Raw events of a call as they come over the wire: a line each, with the feed that it came over (`b` for the browser,
/// `s` for the sideband, `-` for neither), the feed's clock in milliseconds, and the event.
struct RealtimeScript {
    struct Line {
        let feed: Substring
        let milliseconds: Double
        let event: Substring
    }

    var lines: [Line]

    init(_ text: String) {
        lines = text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            return Line(feed: parts[0], milliseconds: Double(parts[1]) ?? .nan, event: parts[2])
        }
    }

    /// The events that a sender makes of it.
    func events(session: String = "call") throws -> [VoiceEvent] {
        try lines.map { try $0.told(session: session) }
    }
}

extension RealtimeScript.Line {
    func told(session: String) throws -> VoiceEvent {
        let source = ["b": #","source":"browser""#, "s": #","source":"sideband""#][feed] ?? ""
        return try decodeEvent(
            """
            {"type":"realtime.event","session_id":"\(session)","received_ms":\(milliseconds)\(source),"event":\(event)}
            """)
    }
}

extension Scene {
    /// Tells the events at the times of the first one's feed, and then lets a while pass.
    func play(_ script: RealtimeScript, session: String = "call", thenWait seconds: Double = 0) throws {
        let leader = script.lines.first?.feed
        var now = script.lines.first?.milliseconds ?? 0
        for line in script.lines {
            if line.feed == leader {
                clock.advance(seconds: max(0, line.milliseconds - now) / 1000)
                now = max(now, line.milliseconds)
            }
            monitor.record(try line.told(session: session))
        }
        clock.advance(seconds: seconds)
    }

    func play(_ script: String, session: String = "call", thenWait seconds: Double = 0) throws {
        try play(RealtimeScript(script), session: session, thenWait: seconds)
    }

    /// Every number of the exposition that is not 0, without buckets, without times of the day and without the
    /// exporter's own.
    func numbers() throws -> [String] {
        let registry = Registry()
        try registry.register(monitor)
        let prefix = "amplifier_voice_"
        return String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") && !$0.hasSuffix(" 0") && !$0.contains("_bucket{") }
            .filter { !$0.contains("timestamp_seconds") && !$0.contains("sessions_limit") }
            .map { $0.dropFirst(prefix.count) }
            .filter { !$0.hasPrefix("exporter_") }
            .map(Self.rounded)
    }

    /// A line with its value rounded to nine digits after the point: sums of binary fractions end in noise.
    private static func rounded(_ line: Substring) -> String {
        guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
            return String(line)
        }
        let rounded = (value * 1e9).rounded() / 1e9
        let text = Int(exactly: rounded).map(String.init) ?? rounded.description
        return line[...space] + text
    }
}
