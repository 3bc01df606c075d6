extension VoiceEvent: Decodable {
    /// The events that can be told, by the `type` they carry in JSON.
    public enum EventType: String, CaseIterable, Sendable {
        /// A session is being set up.
        case sessionConnecting = "session.connecting"
        /// A session is connected.
        case sessionStarted = "session.started"
        /// A session is still there.
        case sessionHeartbeat = "session.heartbeat"
        /// What a session is doing.
        case sessionState = "session.state"
        /// A session is over.
        case sessionEnded = "session.ended"
        /// A latency that somebody measured.
        case latencySample = "latency.sample"
        /// A turn reached a mark.
        case turnMark = "turn.mark"
    }

    /// Reads one JSON object. Keys that no event has are ignored.
    ///
    /// - Throws: `EventRefusal`, which names the field.
    public init(from decoder: any Decoder) throws {
        let fields = try EventFields(decoder)
        guard let typeName = try fields.optionalString("type") else { throw fields.missing("type") }
        guard let type = EventType(rawValue: typeName) else {
            throw EventRefusal(.unknownType, field: "type", "is not a known event type.")
        }
        kind = try Kind(type, fields)
        id = try fields.optionalIdentifier("id", length: EventLimits.eventIDLength)
        at = try fields.optionalWallTime("at")
    }
}

extension VoiceEvent.Kind {
    init(_ type: VoiceEvent.EventType, _ fields: EventFields) throws(EventRefusal) {
        switch type {
        case .sessionConnecting:
            self = .sessionConnecting(session: try fields.session())
        case .sessionStarted:
            self = .sessionStarted(session: try fields.session())
        case .sessionHeartbeat:
            self = .sessionHeartbeat(session: try fields.session())
        case .sessionState:
            self = .sessionState(session: try fields.session(), try fields.choice("state"))
        case .sessionEnded:
            self = .sessionEnded(
                session: try fields.session(),
                SessionEnd(
                    durationMilliseconds: try fields.optionalMilliseconds("duration_ms"),
                    reason: try fields.optionalString("reason"),
                    failed: try fields.optionalFlag("failed") ?? false))
        case .latencySample:
            self = .latencySample(
                LatencySample(
                    try fields.choice("metric"),
                    milliseconds: try fields.milliseconds("value_ms"),
                    session: try fields.optionalSession(),
                    turnID: try fields.optionalIdentifier("turn_id", length: EventLimits.entityIDLength)))
        case .turnMark:
            let turn = TurnKey(
                session: try fields.session(),
                turnID: try fields.identifier("turn_id", length: EventLimits.entityIDLength))
            self = .turnMark(
                TurnMark(
                    try fields.choice("mark"), turn: turn,
                    offsetMilliseconds: try fields.optionalNumber("offset_ms", in: EventLimits.offset)))
        }
    }
}

extension EventFields {
    fileprivate func session() throws(EventRefusal) -> String {
        try identifier("session_id", length: EventLimits.entityIDLength)
    }

    fileprivate func optionalSession() throws(EventRefusal) -> String? {
        try optionalIdentifier("session_id", length: EventLimits.entityIDLength)
    }
}
