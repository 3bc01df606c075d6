/// The shared form of an instrument: a reference that many threads update and a scrape reads.
public protocol Instrument: AnyObject, Sendable {
    /// The plain form, which knows how to print itself.
    associatedtype Value: MetricValue

    /// A consistent copy of what the instrument holds now.
    var value: Value { get }

    /// Writes what the instrument holds now, as the plain form does.
    func write(to child: inout ChildWriter)
}

extension Instrument {
    /// Writes a copy of what the instrument holds now.
    public func write(to child: inout ChildWriter) {
        value.write(to: &child)
    }
}
