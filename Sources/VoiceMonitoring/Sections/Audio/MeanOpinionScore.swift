/// Two estimates of how good a listener finds the audio, from 1 (bad) to 5 (excellent).
enum MeanOpinionScore {
    /// SPEC section 5's formula, bit for bit: `estimate_mos_score`. Loss in percent, jitter and round-trip time in
    /// milliseconds.
    static func spec(packetLoss: Double, jitter: Double, roundTrip: Double) -> Double {
        var r = 93.2
        r -= 0.024 * roundTrip + 0.11 * (roundTrip - 177.3) * (roundTrip > 177.3 ? 1 : 0)
        r -= 7.2 + 0.18 * packetLoss + 0.023 * packetLoss * packetLoss
        r -= 0.1 * jitter
        return score(r)
    }

    /// The E-model of ITU-T G.107 with the delay that a listener lives through: half the round trip, the measured
    /// playback buffer and Opus's own delay. Loss in percent, times in milliseconds; the result is within 1 and 4.5.
    ///
    /// Delay impairment: R. G. Cole, J. H. Rosenbluth, "Voice over IP performance monitoring" (2001), equation 4. Loss
    /// impairment: G.107 (7-29) for random loss with Ie = 0 and the robustness Bpl = 10 that implementations take for
    /// Opus without redundancy; no standard gives a value for Opus.
    static func g107(packetLoss: Double, roundTrip: Double, bufferLevel: Double) -> Double {
        let delay = roundTrip / 2 + bufferLevel + opusDelay
        let delayImpairment = 0.024 * delay + 0.11 * (delay - 177.3) * (delay > 177.3 ? 1 : 0)
        let lossImpairment = 95 * packetLoss / (packetLoss + opusLossRobustness)
        return min(max(score(93.2 - delayImpairment - lossImpairment), 1), 4.5)
    }

    /// A frame of 20 ms and the look-ahead of 6.5 ms (RFC 6716, section 2).
    private static let opusDelay = 26.5
    private static let opusLossRobustness = 10.0

    /// The score of a transmission rating (G.107, annex B), written as SPEC writes it.
    private static func score(_ r: Double) -> Double {
        if r < 0 { return 1 }
        if r > 100 { return 4.5 }
        return 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r)
    }
}

/// The word for a score (SPEC section 5).
public enum QualityRating: String, Encodable, Sendable {
    /// Above 4.2.
    case excellent
    /// From 4.0.
    case good
    /// From 3.5.
    case fair
    /// Below.
    case poor

    init(_ score: Double) {
        self =
            if score > 4.2 { .excellent } else if score >= 4.0 { .good } else if score >= 3.5 { .fair } else { .poor }
    }
}
