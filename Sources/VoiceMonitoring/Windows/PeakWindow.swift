/// The highest level of something within the last 24 hours.
struct PeakWindow: Codable, Sendable {
    private struct Peak: WindowSlot {
        var level = 0

        mutating func merge(_ other: Peak) { level = max(level, other.level) }
    }

    private var window = SlidingWindow<Peak>.lastDay
    /// The level since the last change.
    private var level = 0

    mutating func change(to level: Int, at now: MonotonicTime) {
        let before = self.level
        window.update(at: now) { $0.level = max($0.level, before, level) }
        self.level = level
    }

    /// The highest level in the window that ends now. A level without a change in the window held all through it.
    func peak(at now: MonotonicTime) -> Int {
        max(level, window.merged(at: now).level)
    }
}
