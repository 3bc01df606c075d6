import PrometheusMetrics

/// How long users wait (SPEC section 2).
struct LatencySection: Codable, Sendable {
    /// One latency over the last hour and since the start.
    struct Series: Codable, Sendable {
        /// Milliseconds, in twelve slots of five minutes.
        private(set) var lastHour = SlidingWindow<ExponentialHistogram>.lastHour
        /// Seconds.
        private(set) var total: HistogramValue

        init(_ buckets: Buckets) {
            total = HistogramValue(.native(beside: buckets))
        }

        mutating func observe(_ milliseconds: Double, _ exemplar: Exemplar?, at now: MonotonicTime) {
            lastHour.update(at: now) { $0.observe(milliseconds) }
            total.observe(milliseconds / 1000, exemplar: exemplar)
        }
    }

    private(set) var ttfa = Series(LatencyFamilies.timeToFirstAudioBuckets)
    private(set) var turn = Series(LatencyFamilies.turnBuckets)
    private(set) var webrtcConnect = Series(LatencyFamilies.connectionBuckets)
    private(set) var sessionCreate = Series(LatencyFamilies.connectionBuckets)
    private(set) var sdpExchange = Series(LatencyFamilies.connectionBuckets)
    /// Milliseconds.
    private(set) var recentTTFA = SlidingWindow<ExponentialHistogram>.lastFiveMinutes
    /// Milliseconds.
    private(set) var recentTurn = SlidingWindow<ExponentialHistogram>.lastFiveMinutes
    private(set) var slowest = SlidingWindow<SlowestTurns>.lastHour
    private(set) var timings = TurnTimings()
    private(set) var responses = Responses()
    private(set) var deadAir = DeadAir()
    private(set) var sidebandLag = Series(LatencyFamilies.sidebandLagBuckets)

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        switch fact.kind {
        case .latency(let metric, let milliseconds, let turnID):
            observe(metric, milliseconds, exemplar(turnID, milliseconds, fact), at: now)
        case .turnTimed(let timing, let milliseconds, let turnID):
            timings.observe(timing, milliseconds, exemplar(turnID, milliseconds, fact), at: now.monotonic)
        case .responseFinished(let status, let reason):
            responses.count(status, reason, at: now.monotonic)
        case .deadAir(let cause):
            deadAir.count(cause, at: now.monotonic)
        case .deadAirEnded(let milliseconds):
            deadAir.observe(milliseconds, at: now.monotonic)
        case .sidebandLag(let milliseconds):
            sidebandLag.observe(milliseconds, nil, at: now.monotonic)
        case .turn(let record):
            slowest.update(at: now.monotonic) { $0.insert(record) }
        default:
            break
        }
    }

    private func exemplar(_ turnID: String?, _ milliseconds: Double, _ fact: Fact) -> Exemplar? {
        turnID.flatMap {
            Exemplar(TurnLabel(turnID: $0), value: milliseconds / 1000, unixSeconds: fact.at.unixSeconds)
        }
    }

    private mutating func observe(
        _ metric: LatencySample.Metric, _ milliseconds: Double, _ exemplar: Exemplar?, at now: Timestamp
    ) {
        switch metric {
        case .ttfa:
            ttfa.observe(milliseconds, exemplar, at: now.monotonic)
            recentTTFA.update(at: now.monotonic) { $0.observe(milliseconds) }
        case .turn:
            turn.observe(milliseconds, exemplar, at: now.monotonic)
            recentTurn.update(at: now.monotonic) { $0.observe(milliseconds) }
        case .webrtcConnect:
            webrtcConnect.observe(milliseconds, exemplar, at: now.monotonic)
        case .sessionCreate:
            sessionCreate.observe(milliseconds, exemplar, at: now.monotonic)
        case .sdpExchange:
            sdpExchange.observe(milliseconds, exemplar, at: now.monotonic)
        }
    }
}

extension LatencySection {
    /// The numbers that have thresholds, as they stand.
    func readings(at now: Timestamp) -> [Reading] {
        let ttfa = recentTTFA.merged(at: now.monotonic)
        let turn = recentTurn.merged(at: now.monotonic)
        return [
            Reading(.ttfaP50, ttfa.percentile(50), samples: ttfa.count),
            Reading(.ttfaP95, ttfa.percentile(95), samples: ttfa.count),
            Reading(.ttfaP99, ttfa.percentile(99), samples: ttfa.count),
            Reading(.turnP50, turn.percentile(50), samples: turn.count),
            Reading(.turnP95, turn.percentile(95), samples: turn.count),
            Reading(.turnP99, turn.percentile(99), samples: turn.count),
        ]
    }
}
