/// Who told something of a session.
enum TellingSource: UInt8, Codable, Sendable {
    /// An explicit event.
    case explicit = 1
    /// A raw event of the browser.
    case browser = 2
    /// A raw event of the sideband.
    case sideband = 4
    /// A raw event of an unnamed feed.
    case unnamed = 8
    /// Raw events of whichever feed, told apart by an id.
    case identified = 16

    init(_ source: RealtimeEvent.Source?) {
        switch source {
        case .browser: self = .browser
        case .sideband: self = .sideband
        case nil: self = .unnamed
        }
    }
}

/// What was told of one session lately, so that what two tell counts once.
///
/// Two tellings are of the same where they come from different tellers within a while; of the same teller they are two.
struct Twins: Codable, Sendable {
    enum Subject: Hashable, Codable {
        case error(ErrorCategory, code: String)
        case benign(BenignError)
        case latency(LatencySample.Metric)
        case delegation(agent: String)
    }

    private struct Telling: Codable {
        var subject: Subject
        var tellers: UInt8
        var told: MonotonicTime
    }

    private static let capacity = 8

    private var tellings: [Telling] = []

    /// Takes note of a telling. Whether it is the first of its twins.
    mutating func isNews(_ subject: Subject, toldBy teller: TellingSource, at now: MonotonicTime) -> Bool {
        tellings.removeAll { $0.told.advanced(by: $0.subject.memory) <= now }
        let twin = tellings.firstIndex { $0.subject == subject && $0.tellers & teller.rawValue == 0 }
        if let twin {
            tellings[twin].tellers |= teller.rawValue
            return false
        }
        if tellings.count >= Self.capacity { tellings.removeFirst() }
        tellings.append(Telling(subject: subject, tellers: teller.rawValue, told: now))
        return true
    }
}

extension Twins.Subject {
    /// How far apart the tellings of the same may be. A tool call may wait long before it begins.
    fileprivate var memory: Span {
        switch self {
        case .delegation: .minutes(10)
        default: .seconds(30)
        }
    }
}
