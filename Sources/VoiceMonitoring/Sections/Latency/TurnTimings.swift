import PrometheusMetrics

/// The stretches of turns that only raw Realtime events tell.
struct TurnTimings: Codable, Sendable {
    /// A part of the time to first audio.
    enum Part: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        case transcription, request, model
    }

    private(set) var answer = LatencySection.Series(TurnTimingFamilies.answerBuckets)
    private(set) var playbackEnd = LatencySection.Series(TurnTimingFamilies.playbackEndBuckets)
    private(set) var parts = Dictionary(
        uniqueKeysWithValues: Part.allCases.map { ($0, LatencySection.Series(TurnTimingFamilies.partBuckets)) })
    /// Milliseconds.
    private(set) var recentAnswer = SlidingWindow<ExponentialHistogram>.lastFiveMinutes
    /// Milliseconds.
    private(set) var recentPlaybackEnd = SlidingWindow<ExponentialHistogram>.lastFiveMinutes

    mutating func observe(
        _ timing: TurnTiming, _ milliseconds: Double, _ exemplar: Exemplar?, at now: MonotonicTime
    ) {
        switch timing {
        case .answer:
            answer.observe(milliseconds, exemplar, at: now)
            recentAnswer.update(at: now) { $0.observe(milliseconds) }
        case .playbackEnd:
            playbackEnd.observe(milliseconds, exemplar, at: now)
            recentPlaybackEnd.update(at: now) { $0.observe(milliseconds) }
        case .transcription: parts[.transcription]?.observe(milliseconds, exemplar, at: now)
        case .request: parts[.request]?.observe(milliseconds, exemplar, at: now)
        case .model: parts[.model]?.observe(milliseconds, exemplar, at: now)
        case .firstAudio, .response: break
        }
    }
}

extension TurnTimings.Part: LabelSet {
    static let labelNames = ["part"]
    var labelValues: [String] { [rawValue] }
}

/// The metric families of turns that only raw Realtime events tell.
struct TurnTimingFamilies: SectionFamilies {
    /// Seconds. Answers wait for tools.
    static let answerBuckets: Buckets = [
        0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 6, 10, 15, 20, 30, 60,
    ]
    /// Seconds.
    static let playbackEndBuckets: Buckets = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, 120]
    /// Seconds.
    static let partBuckets: Buckets = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2.5, 5, 10]

    let answer = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_time_to_answer_seconds",
        help:
            "Time from the end of the user's speech to the first audio of the answer itself, "
            + "after the last tool result."
    )
    let playbackEnd = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_turn_playback_end_seconds",
        help: "Time from the end of the user's speech to the end of the answer's playback.")
    let parts = FamilyDescriptor<HistogramValue, TurnTimings.Part>(
        "amplifier_voice_time_to_first_audio_part_seconds",
        help: "Parts of the time to first audio: transcription, request of the response, model.",
        labels: TurnTimings.Part.self)

    var erased: [AnyFamilyDescriptor] { [answer.erased, playbackEnd.erased, parts.erased] }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let timings = snapshot.state.latency.timings
        writer.write(answer, timings.answer.total)
        writer.write(playbackEnd, timings.playbackEnd.total)
        writer.write(parts, timings.parts.mapValues(\.total))
    }
}
