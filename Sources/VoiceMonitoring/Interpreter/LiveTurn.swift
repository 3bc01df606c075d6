/// A turn whose marks are still coming in.
struct LiveTurn: Codable, Sendable {
    private struct Mark: Codable, Sendable {
        var name: TurnMark.Name
        var moment: Moment
    }

    private struct HeardMark: Codable, Sendable {
        var name: TurnMark.Name
        var time: FeedTime
    }

    private var marks: [Mark] = []
    /// Marks that raw events told; they are shown where no explicit ones are.
    private var heard: [HeardMark] = []
    /// Whether raw events tell of the turn under another id.
    var isToldElsewhere = false
    /// When it was last heard of, for display.
    var lastSeen: WallTime
    private(set) var ttfa: Double?
    private(set) var turn: Double?
    /// The latencies of this turn that are told already, by an event or from its marks.
    private var told: [LatencySample.Metric] = []

    init(at time: WallTime) {
        lastSeen = time
    }

    /// Takes a mark; the first of each name counts. Returns the latencies that are known now and were not before.
    mutating func mark(_ name: TurnMark.Name, at moment: Moment) -> [(LatencySample.Metric, Double)] {
        guard self.moment(of: name) == nil else { return [] }
        marks.append(Mark(name: name, moment: moment))
        return LiveTurn.derived.compactMap { metric, end in
            guard let start = self.moment(of: .speechEndDetected), let end = self.moment(of: end),
                let milliseconds = end.milliseconds(since: start), tell(metric, milliseconds)
            else { return nil }
            return (metric, milliseconds)
        }
    }

    /// Takes marks that raw events tell; they take no part in latencies.
    mutating func hear(_ marks: [(name: TurnMark.Name, time: FeedTime)]) {
        for (name, time) in marks where !heard.contains(where: { $0.name == name }) {
            heard.append(HeardMark(name: name, time: time))
        }
    }

    /// Takes a latency that is known now. Whether it is news: one turn has one latency of each kind.
    mutating func tell(_ metric: LatencySample.Metric, _ milliseconds: Double) -> Bool {
        guard !told.contains(metric) else { return false }
        told.append(metric)
        switch metric {
        case .ttfa: ttfa = milliseconds
        case .turn: turn = milliseconds
        default: break
        }
        return true
    }

    /// The turn as it stands; none while no latency of it is known.
    func record(_ key: TurnKey) -> TurnRecord? {
        guard !isToldElsewhere, ttfa != nil || turn != nil else { return nil }
        return TurnRecord(key: key, at: lastSeen, ttfa: ttfa, turn: turn, marks: shownMarks)
    }

    private var shownMarks: [TurnRecord.Mark] {
        guard marks.isEmpty else {
            let start = moment(of: .speechEndDetected)
            return marks.map { mark in
                TurnRecord.Mark(name: mark.name, milliseconds: start.flatMap { mark.moment.distance(from: $0) })
            }
        }
        let start = heard.first { $0.name == .speechEndDetected }?.time
        return heard.map { mark in
            TurnRecord.Mark(name: mark.name, milliseconds: start.flatMap { mark.time.distance(from: $0) })
        }
    }

    private func moment(of name: TurnMark.Name) -> Moment? {
        marks.first { $0.name == name }?.moment
    }

    /// The latencies of a turn that its marks tell, each from the end of the user's speech to a mark (SPEC section 2).
    private static let derived: [(LatencySample.Metric, end: TurnMark.Name)] = [
        (.ttfa, .audioPlaybackStart), (.turn, .responseComplete),
    ]
}
