import PrometheusMetrics

/// The label of a family that counts sessions by phase.
struct SessionPhaseLabel: LabelSet {
    static let labelNames = ["state"]
    var phase: SessionPhase
    var labelValues: [String] { [phase.rawValue] }
}

/// The metric families of the sessions section.
struct SessionsFamilies: SectionFamilies {
    /// Seconds.
    static let durationBuckets: Buckets = [5, 10, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200]

    let sessions = FamilyDescriptor<GaugeValue, SessionPhaseLabel>(
        "amplifier_voice_sessions", help: "Live voice sessions by state.", labels: SessionPhaseLabel.self)
    let limit = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_sessions_limit", help: "Sessions the voice server is meant to carry, as configured.")
    let started = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_sessions_started_total", help: "Sessions that began.")
    let ended = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_sessions_ended_total", help: "Sessions that ended, in whichever way.")
    let failed = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_sessions_failed_total", help: "Sessions that ended and had at least one error.")
    let lost = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_sessions_lost_total",
        help: "Sessions that ended because nothing was heard of them for the length of their lease.")
    let duration = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_session_duration_seconds", help: "How long ended sessions lasted.")
    let lastStarted = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_session_last_started_timestamp_seconds",
        help: "When the last session began, in Unix time.")
    let lastEnded = FamilyDescriptor<GaugeValue, NoLabels>(
        "amplifier_voice_session_last_ended_timestamp_seconds", help: "When the last session ended, in Unix time.")

    var erased: [AnyFamilyDescriptor] {
        [
            sessions.erased, limit.erased, started.erased, ended.erased, failed.erased, lost.erased, duration.erased,
            lastStarted.erased, lastEnded.erased,
        ]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let section = snapshot.state.sessions
        let phases = SessionPhase.allCases.map { phase in
            (SessionPhaseLabel(phase: phase), GaugeValue(section.byPhase[phase] ?? 0))
        }
        writer.write(sessions, Dictionary(uniqueKeysWithValues: phases))
        writer.write(limit, GaugeValue(snapshot.configuration.sessionsLimit))
        writer.write(started, section.started)
        writer.write(ended, section.ended)
        writer.write(failed, section.failed)
        writer.write(lost, section.lost)
        writer.write(duration, section.durations)
        writer.write(lastStarted, section.lastStarted.map { GaugeValue($0.shown.unixSeconds) })
        writer.write(lastEnded, section.lastEnded.map { GaugeValue($0.shown.unixSeconds) })
    }
}
