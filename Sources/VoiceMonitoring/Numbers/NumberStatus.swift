/// What a number reads now.
struct Reading {
    var id: NumberID
    /// None where there is no sample.
    var value: Double?
    /// The samples it comes from.
    var samples: Int
    /// The fewest samples from which it is judged, where it is another number than the table's.
    var minimumSamples: Int?

    init(_ id: NumberID, _ value: Double?, samples: Int, minimumSamples: Int? = nil) {
        self.id = id
        self.value = value
        self.samples = samples
        self.minimumSamples = minimumSamples
    }
}

/// A number judged against its thresholds.
public struct NumberStatus: Encodable, Sendable {
    /// The status; unknown below the guard.
    public let status: Status
    /// The number; none where there is no sample.
    @Nullable public private(set) var value: Double?
    /// What to aim at.
    @Nullable public private(set) var target: Double?
    /// Where the warning begins.
    @Nullable public private(set) var warning: Double?
    /// Where it becomes critical.
    @Nullable public private(set) var critical: Double?
    /// The samples that the number comes from.
    public let samples: Int
    /// The fewest samples from which it is judged.
    public let minimumSamples: Int

    init(_ reading: Reading, _ number: MonitoredNumber) {
        minimumSamples = reading.minimumSamples ?? number.minimumSamples
        if let value = reading.value, let thresholds = number.thresholds, reading.samples >= minimumSamples {
            status = thresholds.status(of: value)
        } else {
            status = .unknown
        }
        samples = reading.samples
        value = reading.value
        target = number.thresholds?.target
        warning = number.thresholds?.warning
        critical = number.thresholds?.critical
    }

    enum CodingKeys: String, CodingKey {
        case status, value, target, warning, critical, samples
        case minimumSamples = "minimum_samples"
    }
}
