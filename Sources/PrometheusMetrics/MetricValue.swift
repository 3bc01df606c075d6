/// The plain form of an instrument: a value that a state owner embeds and copies.
///
/// The shared form of the same instrument writes through the same code, so both print alike.
public protocol MetricValue: Sendable {
    /// The type of every family of such values.
    static var type: MetricType { get }

    /// Writes the sample lines of one child.
    func write(to child: inout ChildWriter)
}
