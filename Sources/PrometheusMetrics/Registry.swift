import Synchronization

/// Collectors that are exposed together.
///
/// Thread safe. A scrape copies the list of collectors and releases the lock before it calls them, so registering and
/// updating never wait for a scrape.
public final class Registry: Sendable {
    private struct State {
        /// In the order of each collector's first family, so that the exposition of most registries needs no sorting.
        var collectors: [(first: String?, collector: any Collector)] = []
        /// Every sample name that a family could print, and the family it belongs to.
        var owners: [String: String] = [:]

        mutating func insert(_ collector: some Collector, first: String?) {
            // A collector that declares nothing comes last.
            let position = collectors.firstIndex { other in
                guard let first else { return false }
                return other.first.map { $0 > first } ?? true
            }
            collectors.insert((first, collector), at: position ?? collectors.endIndex)
        }
    }

    private let state = Mutex(State())
    /// The size of the last exposition in bytes, so that the next one does not have to grow.
    private let expectedSize = Atomic<Int>(0)

    private let unixTime: (@Sendable () -> Double)?

    /// Creates a registry without collectors.
    public init() {
        unixTime = nil
    }

    /// Creates a registry that tells in the formats that have a place for it when each of its counters and histograms
    /// was created. Prometheus stores that of OpenMetrics as one more series of each.
    ///
    /// - Parameter unixTime: Tells the time in seconds since 1970. It is called whenever a child is created.
    public init(createdAt unixTime: @escaping @Sendable () -> Double) {
        self.unixTime = unixTime
    }

    /// Adds a collector, or nothing at all where one of its families is refused.
    ///
    /// - Throws: `RegistrationError` where a name, a label or a help text is invalid, or a family could print a sample
    ///   that another family prints.
    public func register(_ collector: some Collector) throws(RegistrationError) {
        let families = collector.families
        for family in families { try family.check() }
        try state.withLock { state throws(RegistrationError) in
            var owners = state.owners
            for family in families {
                for sample in family.type.sampleNames(of: family.name) {
                    if let owner = owners[sample] { throw RegistrationError(.clash(family.name, with: owner)) }
                    owners[sample] = family.name
                }
            }
            state.owners = owners
            state.insert(collector, first: families.map(\.name).min())
        }
    }

    /// Every registered family, in the order of the names.
    public var families: [AnyFamilyDescriptor] {
        collectors.flatMap(\.families).sorted { $0.name < $1.name }
    }

    /// The exposition of everything registered, as UTF-8.
    public func exposition(_ format: ExpositionFormat = .text) -> [UInt8] {
        render(format).bytes
    }

    func render(_ format: ExpositionFormat) -> (bytes: [UInt8], sampleCount: Int) {
        let expected = expectedSize.load(ordering: .relaxed)
        var writer = ExpositionWriter(format, expecting: expected + expected / 8)
        for collector in collectors { collector.collect(into: &writer) }
        let sampleCount = writer.sampleCount
        let bytes = writer.finish()
        expectedSize.store(bytes.count, ordering: .relaxed)
        return (bytes, sampleCount)
    }

    private var collectors: [any Collector] { state.withLock { $0.collectors.map(\.collector) } }
}

extension Registry {
    /// Registers a counter without labels. Its name ends in `_total`.
    public func counter(_ name: String, help: String) throws(RegistrationError) -> Counter {
        try counter(name, help: help, labels: NoLabels.self)[NoLabels()]
    }

    /// Registers a family of counters. Its name ends in `_total`.
    public func counter<Labels>(
        _ name: String, help: String, labels: Labels.Type, limit: ChildLimit<Labels>? = nil
    ) throws(RegistrationError) -> Family<Labels, Counter> {
        try add(name, help: help, limit) { Counter() }
    }

    /// Registers a gauge without labels.
    public func gauge(_ name: String, help: String) throws(RegistrationError) -> Gauge {
        try gauge(name, help: help, labels: NoLabels.self)[NoLabels()]
    }

    /// Registers a family of gauges.
    public func gauge<Labels>(
        _ name: String, help: String, labels: Labels.Type, limit: ChildLimit<Labels>? = nil
    ) throws(RegistrationError) -> Family<Labels, Gauge> {
        try add(name, help: help, limit) { Gauge() }
    }

    /// Registers a histogram without labels.
    public func histogram(_ name: String, help: String, buckets: Buckets) throws(RegistrationError) -> Histogram {
        try histogram(name, help: help, labels: NoLabels.self, buckets: buckets)[NoLabels()]
    }

    /// Registers a family of histograms, all with the same buckets.
    public func histogram<Labels>(
        _ name: String, help: String, labels: Labels.Type, buckets: Buckets, limit: ChildLimit<Labels>? = nil
    ) throws(RegistrationError) -> Family<Labels, Histogram> {
        try add(name, help: help, limit) { Histogram(buckets) }
    }

    private func add<Labels, Child>(
        _ name: String, help: String, _ limit: ChildLimit<Labels>?, makeChild: @escaping @Sendable () -> Child
    ) throws(RegistrationError) -> Family<Labels, Child> {
        if let limit, limit.count < 1 { throw RegistrationError(.invalidLimit(limit.count, family: name)) }
        let descriptor = FamilyDescriptor<Child.Value, Labels>(name, help: help, labels: Labels.self)
        let family = Family(descriptor, limit: limit, unixTime: unixTime, makeChild: makeChild)
        try register(family)
        return family
    }
}
