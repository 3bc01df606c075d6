/// The body of `POST /api/metrics/audio`: exactly the object that the browser snippet of SPEC section 5 sends.
///
/// Jitter and round-trip time are in milliseconds there. The snippet begins with zeros and overwrites what it finds, so
/// a jitter of 0 without packets, a round-trip time of 0 and bytes of 0 are no readings; `packetLoss`, which it never
/// fills, is ignored.
public struct AudioPost: Decodable, Sendable {
    /// The session, where the body names one.
    public let session: String?
    /// The readings.
    public let report: AudioReport

    /// Reads one JSON object.
    ///
    /// - Throws: `EventRefusal`, which names the field.
    public init(from decoder: any Decoder) throws {
        let fields = try EventFields(decoder)
        session = try fields.optionalIdentifier("session_id", length: EventLimits.entityIDLength)
        var report = try AudioReport(fields)
        if report.counters.bytesReceived == 0 { report.counters.bytesReceived = nil }
        if report.counters.bytesSent == 0 { report.counters.bytesSent = nil }
        if let jitter = try fields.optionalNumber("jitter", in: EventLimits.jitter),
            jitter > 0 || report.counters.packetsReceived != nil
        {
            report.jitterMilliseconds = jitter
        }
        if let roundTrip = try fields.optionalNumber("rtt", in: EventLimits.roundTripTime),
            roundTrip > 0
        {
            report.roundTripMilliseconds = roundTrip
        }
        guard report != AudioReport() else {
            throw EventRefusal(.missingField, field: "jitter", "or another reading is required.")
        }
        self.report = report
    }

    /// The event that the post tells, in the session that the body names, else in the one given.
    ///
    /// - Throws: `EventRefusal` where the session's id is too long or empty.
    public func event(session given: String?) throws(EventRefusal) -> VoiceEvent {
        if session == nil, let given {
            try EventFields.check(given, "session_id", length: EventLimits.entityIDLength)
        }
        return VoiceEvent(.audioStats(report), session: session ?? given)
    }
}
