import PrometheusMetrics

/// How good the audio is that users hear (SPEC section 5).
struct AudioSection: Codable, Sendable {
    /// The audio of one live session.
    struct Session: Codable, Sendable {
        fileprivate(set) var tally = AudioTally()
        fileprivate(set) var underruns: UInt64 = 0
        /// Milliseconds.
        fileprivate(set) var dropouts = 0.0
        /// Its last reports.
        fileprivate(set) var trend = RecentList<SessionAudioPoint>(capacity: AudioSection.trendCapacity)
    }

    /// How many reports of a session are kept as they were told: five minutes of SPEC's pace.
    static let trendCapacity = 60

    private(set) var recent = SlidingWindow<AudioTally>.lastFiveMinutes
    private(set) var underrunsLastHour = SlidingWindow<Tally>.lastHour
    private(set) var totals = AudioTotals()
    private(set) var codec: String?
    private(set) var sampleRateHertz: Int?
    /// Live sessions that reported, in the order of their last report.
    private(set) var sessions: LeaseTable<String, Session>
    private(set) var interruptions = Interruptions()

    init(limits: MonitorLimits) {
        sessions = LeaseTable(capacity: limits.sessions, lease: limits.sessionLease)
    }

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        switch fact.kind {
        case .audio(let measured):
            add(measured, fact.at, at: now.monotonic)
        case .vad(let activations, let falsePositives):
            totals.vadActivations.increment(by: activations)
            totals.vadFalsePositives.increment(by: falsePositives)
        case .sessionEnded(let session):
            _ = sessions.remove(session.id)
        case .sessionMerged(let merged):
            merge(merged, at: now.monotonic)
        default:
            interruptions.apply(fact, at: now.monotonic)
        }
    }

    private mutating func merge(_ merged: MergedSession, at now: MonotonicTime) {
        guard let session = sessions.remove(merged.id) else { return }
        _ = sessions.update(merged.into, at: now, orInsert: Session()) { $0.merge(session) }
    }

    private mutating func add(_ measured: AudioMeasurement, _ time: WallTime, at now: MonotonicTime) {
        let scores = AudioScore(measured)
        recent.update(at: now) { $0.add(measured, scores) }
        totals.add(measured, scores)
        codec = measured.report.codec ?? codec
        sampleRateHertz = measured.report.sampleRateHertz ?? sampleRateHertz
        if measured.bufferUnderruns > 0 {
            underrunsLastHour.update(at: now) { $0.count += Int(measured.bufferUnderruns) }
        }
        guard let id = measured.session else { return }
        _ = sessions.update(id, at: now, orInsert: Session()) { $0.add(measured, scores, time) }
    }
}

extension AudioSection.Session {
    fileprivate mutating func add(_ measured: AudioMeasurement, _ scores: AudioScore, _ time: WallTime) {
        tally.add(measured, scores)
        trend.append(SessionAudioPoint(measured, scores, at: time))
        underruns += measured.bufferUnderruns
        dropouts += measured.report.dropoutMilliseconds ?? 0
    }

    fileprivate mutating func merge(_ other: AudioSection.Session) {
        tally.merge(other.tally)
        let points = (trend.newestFirst + other.trend.newestFirst).sorted { $0.at < $1.at }
        trend = RecentList(capacity: AudioSection.trendCapacity)
        for point in points { trend.append(point) }
        underruns += other.underruns
        dropouts += other.dropouts
    }
}

extension AudioSection {
    /// The numbers that have thresholds, as they stand. Loss is judged by packets, or by reports where only those tell
    /// it.
    func readings(at now: Timestamp) -> [Reading] {
        let tally = recent.merged(at: now.monotonic)
        let score = tally.scores[.spec] ?? Mean()
        let loss =
            tally.packets.total > 0
            ? Reading(.packetLoss, tally.lossPercentage, samples: Int(tally.packets.total))
            : Reading(
                .packetLoss, tally.lossPercentage, samples: tally.lossReports.count,
                minimumSamples: NumberTable.minimumReports)
        return [
            loss,
            Reading(.jitter, tally.jitter.value, samples: tally.jitter.count),
            Reading(.roundTrip, tally.roundTrip.value, samples: tally.roundTrip.count),
            Reading(.meanOpinionScore, score.value, samples: score.count),
        ]
    }
}
