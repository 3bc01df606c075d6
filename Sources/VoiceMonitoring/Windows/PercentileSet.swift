import PrometheusMetrics

/// The percentiles of a window (SPEC section 2), in the unit of the samples; milliseconds for latencies.
///
/// Percentiles are nearest-rank values to within 1 %; `min`, `max` and `count` are exact. Without samples there is no
/// value.
public struct PercentileSet: Encodable, Equatable, Sendable {
    /// The median.
    @Nullable public private(set) var p50: Double?
    /// The 75th percentile.
    @Nullable public private(set) var p75: Double?
    /// The 90th percentile.
    @Nullable public private(set) var p90: Double?
    /// The 95th percentile.
    @Nullable public private(set) var p95: Double?
    /// The 99th percentile.
    @Nullable public private(set) var p99: Double?
    /// The smallest sample.
    @Nullable public private(set) var min: Double?
    /// The largest sample.
    @Nullable public private(set) var max: Double?
    /// The number of samples.
    public let count: Int
    /// When the window began.
    public private(set) var windowStart: WallTime
    /// When the window ended.
    public private(set) var windowEnd: WallTime

    init(_ samples: ExponentialHistogram, from windowStart: WallTime, to windowEnd: WallTime) {
        count = samples.count
        self.windowStart = windowStart
        self.windowEnd = windowEnd
        p50 = samples.percentile(50)
        p75 = samples.percentile(75)
        p90 = samples.percentile(90)
        p95 = samples.percentile(95)
        p99 = samples.percentile(99)
        min = samples.min
        max = samples.max
    }

    /// The same without the times of its window.
    var withoutWindow: PercentileSet {
        var copy = self
        copy.windowStart = WallTime(nanoseconds: 0)
        copy.windowEnd = WallTime(nanoseconds: 0)
        return copy
    }

    enum CodingKeys: String, CodingKey {
        case p50, p75, p90, p95, p99, min, max, count
        case windowStart = "window_start"
        case windowEnd = "window_end"
    }
}

extension SlidingWindow<ExponentialHistogram> {
    /// The percentiles of the whole window that ends now.
    func percentiles(at now: Timestamp) -> PercentileSet {
        percentiles(of: merged(at: now.monotonic), at: now)
    }

    /// The percentiles of each slot, oldest first.
    func trend(at now: Timestamp) -> [PercentileSet] {
        trend(at: now) { PercentileSet($0, from: $1, to: $2) }
    }
}

extension SlidingWindow {
    /// The percentiles of samples that were taken from the whole window that ends now.
    func percentiles(of samples: ExponentialHistogram, at now: Timestamp) -> PercentileSet {
        let start = start(of: now.monotonic, slotsBack: slotCount - 1)
        return PercentileSet(samples, from: now.wall(of: start), to: now.wall)
    }

    /// What a function makes of each slot and of the times at which it began and ended, oldest first.
    func trend<Point>(at now: Timestamp, _ point: (Slot, WallTime, WallTime) -> Point) -> [Point] {
        slots(at: now.monotonic).enumerated().map { position, slot in
            let back = slotCount - 1 - position
            let end = back == 0 ? now.monotonic : start(of: now.monotonic, slotsBack: back - 1)
            return point(
                slot ?? Slot(), now.wall(of: start(of: now.monotonic, slotsBack: back)), now.wall(of: end))
        }
    }
}
