/// The table of numbers in JSON: how each is computed, judged, and found in Prometheus.
public struct NumberList: Encodable, Sendable {
    /// One number.
    public struct Number: Encodable, Sendable {
        /// The section's slug, a dot, and the field in the section's JSON.
        public let number: NumberID
        /// The unit.
        public let unit: MonitoredNumber.Unit
        /// The window.
        public let window: MonitoredNumber.Window
        /// The fewest samples from which it is judged.
        public let minimumSamples: Int
        /// On which side of its bounds it is bad; none without bounds.
        @Nullable public private(set) var direction: Thresholds.Direction?
        /// What to aim at.
        @Nullable public private(set) var target: Double?
        /// Where the warning begins.
        @Nullable public private(set) var warning: Double?
        /// Where it becomes critical.
        @Nullable public private(set) var critical: Double?
        /// The query that gives the same number.
        public let promQL: String

        init(_ row: MonitoredNumber) {
            number = row.id
            unit = row.unit
            window = row.window
            minimumSamples = row.minimumSamples
            promQL = row.promQL
            direction = row.thresholds?.direction
            target = row.thresholds?.target
            warning = row.thresholds?.warning
            critical = row.thresholds?.critical
        }

        enum CodingKeys: String, CodingKey {
            case number, unit, window, direction, target, warning, critical
            case minimumSamples = "minimum_samples"
            case promQL = "promql"
        }
    }

    /// The numbers, in the order of the sections.
    public let numbers: [Number]
}

extension MonitorSnapshot {
    /// The numbers that are shown, with the thresholds of the configuration.
    public var numberList: NumberList { NumberList(numbers: configuration.numbers.rows.map(NumberList.Number.init)) }
}
