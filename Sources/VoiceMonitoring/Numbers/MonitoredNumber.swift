/// A number that is shown: what it means, when it is judged, and how Prometheus computes the same.
public struct MonitoredNumber: Sendable {
    /// The units in which numbers are shown.
    public enum Unit: String, Codable, Sendable {
        /// Things.
        case count
        /// Milliseconds.
        case milliseconds
        /// Seconds.
        case seconds
        /// From 0 to 100.
        case percent
        /// From 0 to 1.
        case ratio
        /// Things in a minute.
        case perMinute = "per_minute"
        /// A score from 1 to 5.
        case score
        /// US dollars.
        case dollars = "usd"
        /// US dollars in a minute.
        case dollarsPerMinute = "usd_per_minute"
        /// kbit/s.
        case kilobitsPerSecond = "kilobits_per_second"
    }

    /// The stretches of time that numbers cover.
    public enum Window: String, Codable, Sendable {
        /// This moment.
        case now
        /// The last five minutes.
        case lastFiveMinutes = "5m"
        /// The last hour.
        case lastHour = "1h"
        /// The last 24 hours.
        case lastDay = "24h"
        /// Since the exporter began.
        case sinceStart = "start"
        /// Since local midnight.
        case today
    }

    /// The number's name: the section's slug and the field in its JSON.
    public let id: NumberID
    /// The unit.
    public let unit: Unit
    /// The window.
    public let window: Window
    /// The fewest samples in the window from which the number is judged.
    public let minimumSamples: Int
    /// The bounds, where SPEC has any.
    public var thresholds: Thresholds?
    /// The query that gives the same number for one instance.
    public let promQL: String
    /// The condition in Prometheus under which the number is judged: the guard, as a query that gives nothing below it.
    public let guardPromQL: String?
    /// The query that gives the number of all instances of a job together, where that is more than a sum: as if one
    /// exporter had taken in all events.
    public let fleetPromQL: String?
}
