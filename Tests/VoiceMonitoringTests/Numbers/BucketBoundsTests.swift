import PrometheusMetrics
import Testing

@testable import VoiceMonitoring

/// Every threshold of SPEC is a bucket bound, so that `histogram_quantile(q) > threshold` is true exactly when the
/// share at or below the threshold is less than q.
@Suite struct BucketBoundsTests {
    @Test(arguments: [
        (LatencyFamilies.timeToFirstAudioBuckets, [0.4, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 4]),
        (LatencyFamilies.turnBuckets, [1.5, 2, 2.5, 3, 3.5, 5, 7, 10]),
        (LatencyFamilies.connectionBuckets, [0.3, 0.4, 0.5]),
        (ToolsFamilies.durationBuckets, [5]),
        (AmplifierFamilies.durationBuckets, [30]),
        (AudioFamilies.lossRatioBuckets, [0.01, 0.03]),
        (AudioFamilies.jitterBuckets, [0.03, 0.05]),
        (AudioFamilies.roundTripBuckets, [0.1, 0.2]),
        (AudioFamilies.scoreBuckets, [3.5, 4]),
    ])
    func `the thresholds are bounds and one bound lies beyond the last`(buckets: Buckets, thresholds: [Double]) throws {
        for threshold in thresholds { #expect(buckets.bounds.contains(threshold)) }
        #expect(try #require(buckets.bounds.last) > (thresholds.last ?? 0))
    }
}
