/// The slowest turns of a slot, slowest first.
struct SlowestTurns: WindowSlot {
    /// How many are kept.
    static let capacity = 20

    private(set) var turns: [TurnRecord] = []

    /// Takes a turn as it stands; it replaces what was known of the same turn.
    mutating func insert(_ turn: TurnRecord) {
        turns.removeAll { $0.key == turn.key }
        turns.append(turn)
        turns.sort { $0.slowness > $1.slowness }
        turns = Array(turns.prefix(Self.capacity))
    }

    mutating func merge(_ other: SlowestTurns) {
        for turn in other.turns { insert(turn) }
    }
}

/// The slowest turns of the last hour, slowest first: their latencies and marks, nothing of what was said.
public struct SlowestTurnList: Encodable, Sendable {
    /// One turn. All times are in milliseconds.
    public struct Turn: Encodable, Sendable {
        /// One mark of the turn.
        public struct Mark: Encodable, Sendable {
            /// The mark.
            public let mark: TurnMark.Name
            /// From the end of the user's speech; none where that mark is missing.
            @Nullable public private(set) var milliseconds: Double?

            enum CodingKeys: String, CodingKey {
                case mark
                case milliseconds = "ms"
            }

            init(_ mark: TurnRecord.Mark) {
                self.mark = mark.name
                milliseconds = mark.milliseconds
            }
        }

        /// The session.
        @Nullable public private(set) var session: String?
        /// The turn within the session.
        public let turnID: String
        /// When the turn was last heard of.
        public let at: WallTime
        /// Time to first audio.
        @Nullable public private(set) var ttfa: Double?
        /// Full turn latency.
        @Nullable public private(set) var turn: Double?
        /// The marks, in the order in which they came.
        public let marks: [Mark]

        init(_ record: TurnRecord) {
            turnID = record.key.turnID
            at = record.at
            marks = record.marks.map(Mark.init)
            session = record.key.session
            ttfa = record.ttfa
            turn = record.turn
        }

        enum CodingKeys: String, CodingKey {
            case at, marks
            case session = "session_id"
            case turnID = "turn_id"
            case ttfa = "ttfa_ms"
            case turn = "turn_ms"
        }
    }

    /// The turns.
    public let turns: [Turn]

    init(_ snapshot: MonitorSnapshot) {
        turns = snapshot.state.latency.slowest.merged(at: snapshot.now.monotonic).turns.map(Turn.init)
    }
}
