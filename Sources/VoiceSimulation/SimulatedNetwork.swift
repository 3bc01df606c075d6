import VoiceMonitoring

/// The network of one call, as its client measures it.
struct SimulatedNetwork {
    /// What a network is like on average.
    struct Quality {
        let loss: Double
        let jitter: Double
        let roundTrip: Double
        let bufferLevel: Double
        /// How often the buffer runs empty between two reports.
        let underruns: Double
        /// How much it slows down an answer, in milliseconds.
        let delay: Double

        static let good = Quality(
            loss: 0.008, jitter: 22, roundTrip: 65, bufferLevel: 120, underruns: 0.001, delay: 0)
        static let fair = Quality(
            loss: 0.018, jitter: 38, roundTrip: 130, bufferLevel: 150, underruns: 0.02, delay: 60)
        static let bad = Quality(
            loss: 0.08, jitter: 85, roundTrip: 290, bufferLevel: 70, underruns: 0.4, delay: 350)
    }

    let quality: Quality
    private var counters = AudioCounters()

    init(_ quality: Quality) {
        self.quality = quality
        counters.packetsLost = 0
        counters.packetsReceived = 0
        counters.bytesReceived = 0
        counters.bytesSent = 0
        counters.bufferUnderruns = 0
    }

    /// The report of the last five seconds.
    mutating func report(_ random: inout SimulationRandom) -> AudioReport {
        let sent = Self.packetsPerReport
        let lost = (sent * min(1, quality.loss * random.between(0.2...1.8))).rounded()
        let underruns = random.happens(quality.underruns) ? 1.0 : 0
        counters.packetsLost? += lost
        counters.packetsReceived? += sent - lost
        counters.bytesReceived? += (sent - lost) * Self.packetSize
        counters.bytesSent? += sent * Self.packetSize
        counters.bufferUnderruns? += underruns
        var report = AudioReport(counters: counters)
        report.jitterMilliseconds = quality.jitter * random.between(0.7...1.3)
        report.roundTripMilliseconds = quality.roundTrip * random.between(0.8...1.2)
        report.codec = "opus"
        report.sampleRateHertz = 24_000
        report.bufferLevelMilliseconds = quality.bufferLevel * random.between(0.8...1.2)
        report.dropoutMilliseconds = underruns * random.between(20...120)
        return report
    }

    /// Packets of 20 ms in five seconds.
    private static let packetsPerReport = 250.0
    /// 48 kbit/s in packets of 20 ms, in bytes.
    private static let packetSize = 120.0
}
