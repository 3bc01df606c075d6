import PrometheusMetrics

/// A count for a slot of a window.
struct Tally: WindowSlot {
    var count = 0

    mutating func merge(_ other: Tally) { count += other.count }
}

/// Finished things of a slot: how many went well, how many did not, and how long they took.
struct FinishTally: WindowSlot {
    var successes = 0
    var failures = 0
    /// Milliseconds, of successes and failures alike.
    var durations = ExponentialHistogram()

    mutating func merge(_ other: FinishTally) {
        successes += other.successes
        failures += other.failures
        durations.merge(other.durations)
    }

    /// The share that went well, from 0 to 1; none where nothing finished.
    var successRate: Double? {
        let finished = successes + failures
        return finished == 0 ? nil : Double(successes) / Double(finished)
    }
}

extension SlidingWindow {
    /// Thirty slots of ten seconds.
    static var lastFiveMinutes: SlidingWindow { SlidingWindow(slots: 30, of: .seconds(10)) }
    /// Twelve slots of five minutes.
    static var lastHour: SlidingWindow { SlidingWindow(slots: 12, of: .minutes(5)) }
    /// Ninety-six slots of fifteen minutes.
    static var lastDay: SlidingWindow { SlidingWindow(slots: 96, of: .minutes(15)) }

    /// The length of the whole window.
    var length: Span { Span.seconds(slotLength.nanoseconds / 1_000_000_000 * Int64(slotCount)) }
}

extension SlidingWindow<Tally> {
    mutating func count(at now: MonotonicTime) {
        update(at: now) { $0.count += 1 }
    }

    /// The count of the window, for each minute of it.
    func perMinute(at now: MonotonicTime) -> Double {
        Double(merged(at: now).count) / length.minutes
    }
}
