/// A sum of readings and their number.
struct Mean: WindowSlot {
    private(set) var sum = 0.0
    private(set) var count = 0

    mutating func add(_ value: Double?) {
        guard let value else { return }
        sum += value
        count += 1
    }

    mutating func merge(_ other: Mean) {
        sum += other.sum
        count += other.count
    }

    /// The mean; none without readings.
    var value: Double? { count == 0 ? nil : sum / Double(count) }
}

/// The readings of a stretch of time: of a slot of a window, or of a session's whole life.
struct AudioTally: WindowSlot {
    private(set) var packets = PacketCount()
    /// Loss as the reports tell it, in percent; it counts where there are no packets.
    private(set) var lossReports = Mean()
    /// Milliseconds.
    private(set) var jitter = Mean()
    /// Milliseconds.
    private(set) var roundTrip = Mean()
    private(set) var scores: [AudioScore.Model: Mean] = [:]
    /// kbit/s.
    private(set) var bitrate = Mean()
    /// Milliseconds.
    private(set) var bufferLevel = Mean()
    /// Percent, as the receivers of what clients send report it.
    private(set) var uplinkLoss = Mean()
    /// Milliseconds.
    private(set) var uplinkJitter = Mean()

    mutating func add(_ measured: AudioMeasurement, _ scores: AudioScore) {
        if let packets = measured.packets {
            self.packets.lost += packets.lost
            self.packets.received += packets.received
        } else {
            lossReports.add(measured.report.packetLossPercentage)
        }
        jitter.add(measured.report.jitterMilliseconds)
        roundTrip.add(measured.report.roundTripMilliseconds)
        for (model, score) in scores.byModel { self.scores[model, default: Mean()].add(score) }
        bitrate.add(measured.report.bitrateKilobits)
        bufferLevel.add(measured.report.bufferLevelMilliseconds)
        uplinkLoss.add(measured.report.uplinkLossPercentage)
        uplinkJitter.add(measured.report.uplinkJitterMilliseconds)
    }

    mutating func merge(_ other: AudioTally) {
        packets.lost += other.packets.lost
        packets.received += other.packets.received
        lossReports.merge(other.lossReports)
        jitter.merge(other.jitter)
        roundTrip.merge(other.roundTrip)
        scores.merge(other.scores) { mean, other in
            var mean = mean
            mean.merge(other)
            return mean
        }
        bitrate.merge(other.bitrate)
        bufferLevel.merge(other.bufferLevel)
        uplinkLoss.merge(other.uplinkLoss)
        uplinkJitter.merge(other.uplinkJitter)
    }

    /// Loss over all packets, or the mean of the reports where only percentages came; in percent.
    var lossPercentage: Double? {
        packets.total > 0 ? packets.lossPercentage : lossReports.value
    }
}

/// The scores of one report, by model; none where a reading that a model needs is missing.
struct AudioScore: Sendable {
    enum Model: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        case spec, g107
    }

    let byModel: [Model: Double]

    init(_ measured: AudioMeasurement) {
        var scores: [Model: Double] = [:]
        let report = measured.report
        if let loss = measured.lossPercentage, let roundTrip = report.roundTripMilliseconds {
            if let jitter = report.jitterMilliseconds {
                scores[.spec] = MeanOpinionScore.spec(packetLoss: loss, jitter: jitter, roundTrip: roundTrip)
            }
            if let buffer = report.bufferLevelMilliseconds {
                scores[.g107] = MeanOpinionScore.g107(packetLoss: loss, roundTrip: roundTrip, bufferLevel: buffer)
            }
        }
        byModel = scores
    }
}

extension AudioMeasurement {
    /// The loss of this report in percent: of its packets, else as it tells; none where it says nothing.
    var lossPercentage: Double? {
        packets?.lossPercentage ?? report.packetLossPercentage
    }
}
