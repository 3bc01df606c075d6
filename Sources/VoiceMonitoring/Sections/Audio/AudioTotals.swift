import PrometheusMetrics

/// What is counted of audio since the start.
struct AudioTotals: Codable, Sendable {
    private(set) var packetsLost = CounterValue()
    private(set) var packetsReceived = CounterValue()
    private(set) var bytesReceived = CounterValue()
    private(set) var bytesSent = CounterValue()
    private(set) var underruns = CounterValue()
    /// Seconds.
    private(set) var dropouts = CounterValue()
    var vadActivations = CounterValue()
    var vadFalsePositives = CounterValue()
    private(set) var lossRatio = HistogramValue(AudioFamilies.lossRatioBuckets)
    /// Seconds.
    private(set) var jitter = HistogramValue(AudioFamilies.jitterBuckets)
    /// Seconds.
    private(set) var roundTrip = HistogramValue(AudioFamilies.roundTripBuckets)
    /// Seconds.
    private(set) var bufferLevel = HistogramValue(AudioFamilies.bufferLevelBuckets)
    private(set) var uplinkLossRatio = HistogramValue(AudioFamilies.lossRatioBuckets)
    /// Seconds.
    private(set) var uplinkJitter = HistogramValue(AudioFamilies.jitterBuckets)
    private(set) var scores: [AudioScore.Model: HistogramValue] = Dictionary(
        uniqueKeysWithValues: AudioScore.Model.allCases.map { ($0, HistogramValue(AudioFamilies.scoreBuckets)) })

    mutating func add(_ measured: AudioMeasurement, _ scores: AudioScore) {
        if let packets = measured.packets {
            packetsLost.increment(by: UInt64(exactly: packets.lost.rounded()) ?? 0)
            packetsReceived.increment(by: UInt64(exactly: packets.received.rounded()) ?? 0)
        }
        bytesReceived.increment(by: measured.bytesReceived)
        bytesSent.increment(by: measured.bytesSent)
        underruns.increment(by: measured.bufferUnderruns)
        dropouts.add((measured.report.dropoutMilliseconds ?? 0) / 1000)
        if let loss = measured.lossPercentage { lossRatio.observe(loss / 100) }
        if let milliseconds = measured.report.jitterMilliseconds { jitter.observe(milliseconds / 1000) }
        if let milliseconds = measured.report.roundTripMilliseconds { roundTrip.observe(milliseconds / 1000) }
        if let milliseconds = measured.report.bufferLevelMilliseconds { bufferLevel.observe(milliseconds / 1000) }
        if let loss = measured.report.uplinkLossPercentage { uplinkLossRatio.observe(loss / 100) }
        if let milliseconds = measured.report.uplinkJitterMilliseconds { uplinkJitter.observe(milliseconds / 1000) }
        for (model, score) in scores.byModel { self.scores[model]?.observe(score) }
    }
}
