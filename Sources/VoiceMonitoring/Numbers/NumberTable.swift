/// The one table of numbers: everything that is shown, judged, alerted on or explained is looked up here.
public struct NumberTable: Sendable {
    /// All rows, in the order of the sections.
    public private(set) var rows: [MonitoredNumber]
    private let indices: [NumberID: Int]

    /// The fewest reports of audio from which their mean is judged.
    static let minimumReports = 30

    /// The table with SPEC's thresholds.
    public init() {
        let sections = [
            Self.sessions, Self.usage, Self.latency, Self.turns, Self.tools, Self.toolRequests, Self.errors,
            Self.interface, Self.audio, Self.interruptions, Self.amplifier,
        ]
        self.init(rows: sections.flatMap(\.self))
    }

    init(rows: [MonitoredNumber]) {
        self.rows = rows
        indices = Dictionary(uniqueKeysWithValues: zip(rows.map(\.id), rows.indices))
    }

    /// The row of a number. A number that the table does not have cannot be set.
    public subscript(id: NumberID) -> MonitoredNumber? {
        get { indices[id].map { rows[$0] } }
        set {
            guard let index = indices[id], let newValue else { return }
            rows[index] = newValue
        }
    }

    /// The targets of numbers, by their fields.
    func targets(of ids: [NumberID]) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: ids.compactMap { id in self[id]?.thresholds?.target.map { (id.field, $0) } })
    }
}

extension NumberTable {
    /// A row whose guard is that the query `samples` gives at least `minimumSamples`.
    static func row(
        _ id: NumberID, _ unit: MonitoredNumber.Unit, _ window: MonitoredNumber.Window, minimumSamples: Int = 0,
        samples: String? = nil, _ thresholds: Thresholds, _ promQL: String, fleet: String? = nil
    ) -> MonitoredNumber {
        row(
            id, unit, window, minimumSamples: minimumSamples,
            judgedWhen: samples.map { "\($0) >= \(minimumSamples)" }, thresholds, promQL, fleet: fleet)
    }

    /// A row with a guard of its own.
    static func row(
        _ id: NumberID, _ unit: MonitoredNumber.Unit, _ window: MonitoredNumber.Window, minimumSamples: Int,
        judgedWhen guardPromQL: String?, _ thresholds: Thresholds, _ promQL: String, fleet: String? = nil
    ) -> MonitoredNumber {
        MonitoredNumber(
            id: id, unit: unit, window: window, minimumSamples: minimumSamples, thresholds: thresholds, promQL: promQL,
            guardPromQL: guardPromQL, fleetPromQL: fleet)
    }

    /// A row without thresholds.
    static func row(
        _ id: NumberID, _ unit: MonitoredNumber.Unit, _ window: MonitoredNumber.Window, _ promQL: String
    ) -> MonitoredNumber {
        MonitoredNumber(
            id: id, unit: unit, window: window, minimumSamples: 0, thresholds: nil, promQL: promQL, guardPromQL: nil,
            fleetPromQL: nil)
    }

    /// The guards that JSON, health and alerts share: below them a percentile is not judged.
    static func minimumSamples(forPercentile percent: Int) -> Int {
        percent >= 99 ? 100 : percent >= 95 ? 20 : 10
    }
}
