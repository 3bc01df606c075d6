/// One reading of both clocks.
public struct Timestamp: Hashable, Codable, Sendable {
    /// For windows, rates, leases and de-duplication.
    public var monotonic: MonotonicTime
    /// For display.
    public var wall: WallTime
    /// Seconds east of UTC of the process's time zone at this moment; it decides where today begins.
    public var utcOffsetSeconds: Int

    /// Creates a reading.
    public init(monotonic: MonotonicTime, wall: WallTime, utcOffsetSeconds: Int) {
        self.monotonic = monotonic
        self.wall = wall
        self.utcOffsetSeconds = utcOffsetSeconds
    }

    /// The number of the local day, counted from 1970-01-01.
    var localDay: Int {
        let seconds = Int(wall.unixSeconds.rounded(.down)) + utcOffsetSeconds
        return Int((Double(seconds) / 86_400).rounded(.down))
    }

    /// The wall time that this reading gives to another instant of the monotonic clock.
    func wall(of instant: MonotonicTime) -> WallTime {
        WallTime(nanoseconds: wall.nanoseconds &- (monotonic.nanoseconds &- instant.nanoseconds))
    }
}
