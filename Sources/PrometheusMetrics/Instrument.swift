/// The shared form of an instrument: a reference that many threads update and a scrape reads.
public protocol Instrument: AnyObject, Sendable {
    /// The plain form, which knows how to print itself.
    associatedtype Value: MetricValue

    /// A consistent copy of what the instrument holds now.
    var value: Value { get }
}
