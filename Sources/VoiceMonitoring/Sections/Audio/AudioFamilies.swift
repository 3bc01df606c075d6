import PrometheusMetrics

extension AudioScore.Model: LabelSet {
    static let labelNames = ["model"]
    var labelValues: [String] { [rawValue] }
}

/// The metric families of the audio section.
struct AudioFamilies: SectionFamilies {
    static let lossRatioBuckets: Buckets = [0, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1]
    /// Seconds.
    static let jitterBuckets: Buckets = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.2, 0.5]
    /// Seconds.
    static let roundTripBuckets: Buckets = [0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2]
    /// Seconds.
    static let bufferLevelBuckets: Buckets = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5, 1]
    static let scoreBuckets: Buckets = [1.5, 2, 2.5, 3, 3.25, 3.5, 3.75, 4, 4.25, 4.5]

    let packetsLost = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_packets_lost_total", help: "Audio packets that clients lost.")
    let packetsReceived = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_packets_received_total", help: "Audio packets that clients received.")
    let lossRatio = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_packet_loss_ratio", help: "Share of packets lost, one observation a client report.")
    let jitter = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_jitter_seconds", help: "Jitter, one observation a client report.")
    let roundTrip = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_round_trip_time_seconds", help: "Round-trip time, one observation a client report.")
    let score = FamilyDescriptor<HistogramValue, AudioScore.Model>(
        "amplifier_voice_audio_mos_score",
        help: "Estimated mean opinion score, one observation a client report: spec is the specification's formula, "
            + "g107 the E-model.",
        labels: AudioScore.Model.self)
    let bytesReceived = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_received_bytes_total", help: "Bytes of audio that clients received.")
    let bytesSent = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_sent_bytes_total", help: "Bytes of audio that clients sent.")
    let bufferLevel = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_buffer_level_seconds",
        help: "Depth of the playback buffer, one observation a client report.")
    let uplinkLossRatio = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_uplink_packet_loss_ratio",
        help: "Share of packets lost on the way from the client, one observation a client report.")
    let uplinkJitter = FamilyDescriptor<HistogramValue, NoLabels>(
        "amplifier_voice_audio_uplink_jitter_seconds",
        help: "Jitter on the way from the client, one observation a client report.")
    let underruns = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_buffer_underruns_total", help: "Times that playback ran out of audio.")
    let dropouts = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_audio_dropout_seconds_total", help: "Audio that dropped out.")
    let vadActivations = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_vad_activations_total", help: "Activations of the voice activity detection.")
    let vadFalsePositives = FamilyDescriptor<CounterValue, NoLabels>(
        "amplifier_voice_vad_false_positives_total",
        help: "Activations of the voice activity detection by something else than the user's speech.")

    var erased: [AnyFamilyDescriptor] {
        [
            packetsLost.erased, packetsReceived.erased, lossRatio.erased, jitter.erased, roundTrip.erased,
            score.erased, bytesReceived.erased, bytesSent.erased, bufferLevel.erased, underruns.erased,
            dropouts.erased, vadActivations.erased, vadFalsePositives.erased, uplinkLossRatio.erased,
            uplinkJitter.erased,
        ]
    }

    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter) {
        let totals = snapshot.state.audio.totals
        writer.write(packetsLost, totals.packetsLost)
        writer.write(packetsReceived, totals.packetsReceived)
        writer.write(lossRatio, totals.lossRatio)
        writer.write(jitter, totals.jitter)
        writer.write(roundTrip, totals.roundTrip)
        writer.write(score, totals.scores)
        writer.write(bytesReceived, totals.bytesReceived)
        writer.write(bytesSent, totals.bytesSent)
        writer.write(bufferLevel, totals.bufferLevel)
        writer.write(underruns, totals.underruns)
        writer.write(dropouts, totals.dropouts)
        writer.write(vadActivations, totals.vadActivations)
        writer.write(vadFalsePositives, totals.vadFalsePositives)
        writer.write(uplinkLossRatio, totals.uplinkLossRatio)
        writer.write(uplinkJitter, totals.uplinkJitter)
    }
}
