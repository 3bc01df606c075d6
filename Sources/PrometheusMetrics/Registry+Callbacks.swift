// Values that something else keeps already, and that are read at each scrape.

extension Registry {
    /// Registers a gauge whose value is read at each scrape.
    ///
    /// - Parameters:
    ///   - name: The name, which says in which unit the value is.
    ///   - help: One sentence that says what it is.
    ///   - read: Tells the value; none where there is none, and then there is no sample. It is called by whichever
    ///     thread scrapes, and by several at once.
    /// - Throws: `RegistrationError` where the name, the help text or another family is in the way.
    public func gauge(
        _ name: String, help: String, read: @escaping @Sendable () -> Double?
    ) throws(RegistrationError) {
        try gauge(name, help: help, labels: NoLabels.self) { read().map { [NoLabels(): $0] } ?? [:] }
    }

    /// Registers a family of gauges whose children and values are read at each scrape, as `gauge(_:help:read:)` does.
    public func gauge<Labels: LabelSet>(
        _ name: String, help: String, labels: Labels.Type, read: @escaping @Sendable () -> [Labels: Double]
    ) throws(RegistrationError) {
        try register(
            CallbackFamily(descriptor: FamilyDescriptor(name, help: help, labels: labels)) {
                read().mapValues { GaugeValue($0) }
            })
    }

    /// Registers a counter whose value is read at each scrape. Its name ends in `_total`.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - help: One sentence that says what is counted.
    ///   - read: Tells the count; none where there is none, and then there is no sample. A count that is smaller than
    ///     before reads as a restart. It is called by whichever thread scrapes, and by several at once.
    /// - Throws: `RegistrationError` where the name, the help text or another family is in the way.
    public func counter(
        _ name: String, help: String, read: @escaping @Sendable () -> CounterValue?
    ) throws(RegistrationError) {
        try counter(name, help: help, labels: NoLabels.self) { read().map { [NoLabels(): $0] } ?? [:] }
    }

    /// Registers a family of counters whose children and values are read at each scrape, as `counter(_:help:read:)`
    /// does.
    public func counter<Labels: LabelSet>(
        _ name: String, help: String, labels: Labels.Type, read: @escaping @Sendable () -> [Labels: CounterValue]
    ) throws(RegistrationError) {
        try register(CallbackFamily(descriptor: FamilyDescriptor(name, help: help, labels: labels), read: read))
    }

    /// Registers what never changes while the program runs, as the labels of a sample that is always 1. The name ends
    /// in `_info`.
    ///
    /// - Throws: `RegistrationError` where the name, the help text or another family is in the way.
    public func info<Labels: LabelSet>(_ name: String, help: String, _ labels: Labels) throws(RegistrationError) {
        try register(
            CallbackFamily(descriptor: FamilyDescriptor(name, help: help, labels: Labels.self)) {
                [labels: InfoValue()]
            })
    }
}
