import FoundationEssentials

/// An instant on the wall clock, in nanoseconds since 1970-01-01T00:00:00Z. It may jump; it is for display.
///
/// In JSON it is written as RFC 3339 in UTC with milliseconds, and read from RFC 3339 or from Unix seconds.
public struct WallTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since the Unix epoch.
    public var nanoseconds: Int64

    /// Creates an instant.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Creates an instant from Unix seconds, to the microsecond, which is what a double holds of them. What lies beyond
    /// the years 1678 to 2262 becomes the nearest instant.
    public init(unixSeconds: Double) {
        let bound = 9.2e15
        nanoseconds = Int64(Swift.min(Swift.max((unixSeconds * 1e6).rounded(), -bound), bound)) * 1000
    }

    /// Reads RFC 3339, with or without fractional seconds; none where the text is anything else.
    public init?(rfc3339 text: String) {
        guard let nanoseconds = RFC3339.nanoseconds(text) else { return nil }
        self.nanoseconds = nanoseconds
    }

    /// RFC 3339 in UTC with milliseconds: `2026-01-31T12:34:56.789Z`.
    public var rfc3339: String {
        let milliseconds = (nanoseconds - (nanoseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000
        // Half a microsecond keeps the style, which cuts, from printing a millisecond less.
        return WallTime.style.format(Date(timeIntervalSince1970: (Double(milliseconds) + 0.0005) / 1000))
    }

    /// Unix time in seconds.
    public var unixSeconds: Double { Double(nanoseconds) / 1e9 }

    /// Whether the first instant is the earlier one.
    public static func < (first: WallTime, second: WallTime) -> Bool {
        first.nanoseconds < second.nanoseconds
    }

    /// The milliseconds from an earlier instant to this one; negative where the other is later.
    func milliseconds(since other: WallTime) -> Double {
        Double(nanoseconds - other.nanoseconds) / 1e6
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}

extension WallTime: Codable {
    /// Reads RFC 3339 or Unix seconds.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let seconds = try? container.decode(Double.self) {
            self.init(unixSeconds: seconds)
        } else if let time = WallTime(rfc3339: try container.decode(String.self)) {
            self = time
        } else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "must be RFC 3339 or Unix seconds")
        }
    }

    /// Writes RFC 3339.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}
