import PrometheusMetrics

/// What the service promises of the time to first audio: so many of its turns are not slower than so much.
public struct FirstAudioObjective: Sendable {
    /// The share of turns that must be in time, from 0 to 1.
    public let share: Double
    /// What in time means, in seconds; it is a bucket bound of the histogram, where counts are exact.
    public let bound: Double
}

extension NumberTable {
    /// SPEC's P95 put as an objective: 95 % of turns have first audio within the warning threshold of P95, taken down
    /// to a bucket bound; none without such a threshold or below the first bound.
    public var firstAudioObjective: FirstAudioObjective? {
        guard let warning = self[.ttfaP95]?.thresholds?.warning else { return nil }
        let bound = LatencyFamilies.timeToFirstAudioBuckets.bounds.last { 1000 * $0 <= warning }
        return bound.map { FirstAudioObjective(share: 0.95, bound: $0) }
    }
}
