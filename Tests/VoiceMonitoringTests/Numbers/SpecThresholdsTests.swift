import Testing

@testable import VoiceMonitoring

/// The thresholds of SPEC sections 2, 4, 5 and 10, transcribed from its tables by hand.
@Suite struct SpecThresholdsTests {
    struct Row {
        let id: String
        let direction: Thresholds.Direction
        let target: Double?
        let warning: Double?
        let critical: Double?
    }

    static let spec = [
        Row(id: "latency.ttfa_p50", direction: .above, target: 400, warning: 600, critical: 1000),
        Row(id: "latency.ttfa_p95", direction: .above, target: 800, warning: 1200, critical: 2000),
        Row(id: "latency.ttfa_p99", direction: .above, target: 1500, warning: 2500, critical: 4000),
        Row(id: "latency.turn_p50", direction: .above, target: 1500, warning: 2000, critical: 3000),
        Row(id: "latency.turn_p95", direction: .above, target: 2500, warning: 3500, critical: 5000),
        Row(id: "latency.turn_p99", direction: .above, target: 5000, warning: 7000, critical: 10000),
        Row(id: "latency.webrtc_connect", direction: .above, target: 500, warning: nil, critical: nil),
        Row(id: "latency.session_create", direction: .above, target: 300, warning: nil, critical: nil),
        Row(id: "latency.sdp_exchange", direction: .above, target: 400, warning: nil, critical: nil),
        Row(id: "latency.tool_execution", direction: .above, target: 5000, warning: nil, critical: nil),
        Row(id: "latency.amplifier_task", direction: .above, target: 30000, warning: nil, critical: nil),
        Row(id: "errors.total_errors_per_minute", direction: .above, target: nil, warning: 5, critical: 20),
        Row(id: "errors.session_failure_rate", direction: .above, target: nil, warning: 10, critical: 25),
        Row(id: "errors.infrastructure_per_minute", direction: .above, target: nil, warning: 1, critical: 5),
        Row(id: "errors.openai_api_per_minute", direction: .above, target: nil, warning: 2, critical: 10),
        Row(id: "errors.amplifier_per_minute", direction: .above, target: nil, warning: 1, critical: 5),
        Row(id: "errors.audio_per_minute", direction: .above, target: nil, warning: 0.5, critical: 2),
        Row(id: "errors.session_per_minute", direction: .above, target: nil, warning: 0.5, critical: 2),
        Row(id: "audio.packet_loss_pct", direction: .above, target: 1, warning: 3, critical: nil),
        Row(id: "audio.jitter_ms", direction: .above, target: 30, warning: 50, critical: nil),
        Row(id: "audio.rtt_ms", direction: .above, target: 100, warning: 200, critical: nil),
        Row(id: "audio.mos_score", direction: .below, target: 4.0, warning: 3.5, critical: nil),
        Row(id: "amplifier.queue_depth", direction: .above, target: nil, warning: 10, critical: nil),
    ]

    private let table = NumberTable()

    @Test(arguments: spec) func `the table has the thresholds that SPEC states`(row: Row) throws {
        let id = try #require(NumberID(rawValue: row.id))
        let thresholds = try #require(table[id]?.thresholds)
        #expect(thresholds.direction == row.direction)
        #expect(thresholds.target == row.target)
        #expect(thresholds.warning == row.warning)
        #expect(thresholds.critical == row.critical)
    }

    @Test func `the table has no threshold that SPEC does not state`() {
        let judged = table.rows.filter { $0.thresholds != nil }.map(\.id.rawValue)
        #expect(Set(judged) == Set(Self.spec.map(\.id)))
    }

    @Test func `every number that is shown has exactly one row`() {
        #expect(table.rows.map(\.id.rawValue).sorted() == NumberID.allCases.map(\.rawValue).sorted())
    }

    @Test(arguments: [
        (NumberID.ttfaP50, 10), (.ttfaP95, 20), (.ttfaP99, 100), (.turnP50, 10), (.turnP95, 20), (.turnP99, 100),
        (.meanOpinionScore, 30), (.jitter, 30), (.roundTrip, 30), (.packetLoss, 1000), (.sessionFailureRate, 10),
    ])
    func `a number is judged from its guard`(id: NumberID, guardSamples: Int) throws {
        #expect(try #require(table[id]).minimumSamples == guardSamples)
    }

    /// Bounds belong to the good side: SPEC writes `>` and `<`.
    @Test(arguments: [
        (NumberID.ttfaP95, 1200.0, Status.ok), (.ttfaP95, 1200.1, .warning), (.ttfaP95, 2000, .warning),
        (.ttfaP95, 2000.1, .critical), (.meanOpinionScore, 3.5, .ok), (.meanOpinionScore, 3.49, .warning),
    ])
    func `a number on its bound has not crossed it`(id: NumberID, value: Double, status: Status) throws {
        #expect(try #require(table[id]?.thresholds).status(of: value) == status)
    }
}
