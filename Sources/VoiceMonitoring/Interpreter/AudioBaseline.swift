/// The last counters of a session's audio, from which the next report's deltas are taken.
///
/// Rules of W3C webrtc-stats: `packetsLost` may go down, which counts as nothing lost; when `packetsReceived` goes down
/// there is a new stream and both begin anew.
struct AudioBaseline: Codable, Sendable {
    private var counters: AudioCounters
    private var reported: Moment?
    /// Whether activations were told by events, by counters, by raw Realtime events, or not at all yet; the first way
    /// of a session counts.
    private var vadSource: VADSource?

    private enum VADSource: Codable { case events, counters, realtime }

    /// What a report adds.
    struct Deltas {
        var packets: PacketCount?
        var bytesReceived: UInt64 = 0
        var bytesSent: UInt64 = 0
        var bufferUnderruns: UInt64 = 0
        var vadActivations: UInt64 = 0
        var vadFalsePositives: UInt64 = 0
        /// The bitrate received since the report before.
        var bitrateKilobits: Double?
    }

    /// A session that was seen from its beginning starts at zero; of any other the first report is the baseline.
    init(fromBeginning: Bool) {
        counters = AudioCounters()
        if fromBeginning {
            counters.packetsLost = 0
            counters.packetsReceived = 0
            counters.bytesReceived = 0
            counters.bytesSent = 0
            counters.bufferUnderruns = 0
            counters.vadActivations = 0
            counters.vadFalsePositives = 0
        }
    }

    /// Takes an event about an activation. Whether it counts.
    mutating func takesVADEvent() -> Bool {
        vadSource = vadSource ?? .events
        return vadSource == .events
    }

    /// Takes an activation that raw events tell. Whether it counts.
    mutating func takesRealtimeVAD() -> Bool {
        vadSource = vadSource ?? .realtime
        return vadSource == .realtime
    }

    mutating func advance(to next: AudioCounters, at moment: Moment) -> Deltas {
        var deltas = Deltas()
        deltas.packets = packets(next)
        let bytesBefore = counters.bytesReceived
        deltas.bytesReceived = Self.advance(&counters.bytesReceived, to: next.bytesReceived)
        deltas.bytesSent = Self.advance(&counters.bytesSent, to: next.bytesSent)
        deltas.bufferUnderruns = Self.advance(&counters.bufferUnderruns, to: next.bufferUnderruns)
        if let reported, let bytesBefore, let bytes = next.bytesReceived, bytes >= bytesBefore,
            let elapsed = moment.milliseconds(since: reported), elapsed > 0
        {
            deltas.bitrateKilobits = 8 * (bytes - bytesBefore) / elapsed
        }
        if next.bytesReceived != nil { reported = moment }
        if next.vadActivations != nil || next.vadFalsePositives != nil { vadSource = vadSource ?? .counters }
        let activations = Self.advance(&counters.vadActivations, to: next.vadActivations)
        let falsePositives = Self.advance(&counters.vadFalsePositives, to: next.vadFalsePositives)
        if vadSource == .counters {
            deltas.vadActivations = activations
            deltas.vadFalsePositives = falsePositives
        }
        return deltas
    }

    private mutating func packets(_ next: AudioCounters) -> PacketCount? {
        guard let lost = next.packetsLost, let received = next.packetsReceived else { return nil }
        defer {
            counters.packetsLost = lost
            counters.packetsReceived = received
        }
        guard let lostBefore = counters.packetsLost, let receivedBefore = counters.packetsReceived,
            received >= receivedBefore
        else { return nil }
        let packets = PacketCount(lost: max(0, lost - lostBefore), received: received - receivedBefore)
        return packets.total > 0 ? packets : nil
    }

    private static func advance(_ counter: inout Double?, to next: Double?) -> UInt64 {
        guard let next else { return 0 }
        defer { counter = next }
        guard let before = counter, next >= before else { return 0 }
        return UInt64(exactly: (next - before).rounded()) ?? 0
    }
}
