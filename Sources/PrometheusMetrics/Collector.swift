/// Something that owns families and can write their samples at any moment.
///
/// `collect` is called from whichever thread serves the scrape, and from several at once.
public protocol Collector: Sendable {
    /// Every family the collector may write, declared once. A registry checks them when the collector is registered.
    var families: [AnyFamilyDescriptor] { get }

    /// Writes the samples of all families from one consistent copy of the collector's state.
    func collect(into writer: inout ExpositionWriter)
}
