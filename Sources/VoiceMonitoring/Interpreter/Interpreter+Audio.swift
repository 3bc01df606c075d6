extension Interpreter {
    /// Takes a report of audio. Without a session only jitter and round-trip time count, since nothing tells whose
    /// counters they are.
    mutating func take(_ report: AudioReport, session: String?, _ context: EventContext) -> [Fact] {
        guard let session else {
            var anonymous = AudioReport()
            anonymous.jitterMilliseconds = report.jitterMilliseconds
            anonymous.roundTripMilliseconds = report.roundTripMilliseconds
            return anonymous == AudioReport()
                ? [] : [context.fact(.audio(AudioMeasurement(session: nil, report: anonymous)))]
        }
        let advanced = sessions.change(session) { $0.audio.advance(to: report.counters, at: context.moment) }
        let deltas = advanced ?? AudioBaseline.Deltas()
        // A late report of a session that is over counts, but no longer for that session.
        var measured = AudioMeasurement(session: advanced == nil ? nil : session, report: report)
        measured.packets = deltas.packets
        measured.report.bitrateKilobits = report.bitrateKilobits ?? deltas.bitrateKilobits
        measured.bytesReceived = deltas.bytesReceived
        measured.bytesSent = deltas.bytesSent
        measured.bufferUnderruns = deltas.bufferUnderruns
        var facts = [context.fact(.audio(measured))]
        if deltas.vadActivations + deltas.vadFalsePositives > 0 {
            facts.append(
                context.fact(.vad(activations: deltas.vadActivations, falsePositives: deltas.vadFalsePositives)))
        }
        return facts
    }

    /// Takes one activation of the voice activity detection, unless the session's counters tell of them.
    mutating func take(_ outcome: VADOutcome, session: String?, _ context: EventContext) -> [Fact] {
        guard let session, sessions.change(session, { $0.audio.takesVADEvent() }) ?? true else { return [] }
        return [context.fact(.vad(activations: 1, falsePositives: outcome == .falsePositive ? 1 : 0))]
    }
}
