import Synchronization

/// All shared instruments of one name, told apart by their labels.
///
/// Thread safe. Looking up a child that exists takes no lock; hold the child where it is updated very often.
public final class Family<Labels: LabelSet, Child: Instrument>: Collector {
    /// The children as they are printed. They need no references of their own, since a family never loses a child.
    private struct Printed: @unchecked Sendable {
        /// Both text formats print a child alike.
        enum Form {
            case text, protobuf
        }

        let series: SeriesList
        let children: [(address: UnsafeMutableRawPointer, created: Double?)]
    }

    private let descriptor: FamilyDescriptor<Child.Value, Labels>
    private let limit: ChildLimit<Labels>?
    private let unixTime: (@Sendable () -> Double)?
    private let makeChild: @Sendable () -> Child
    @usableFromInline let children = ChildTable<Labels, Child>()
    /// The children in the order of their label values, made anew after a new child appears. Children are added under
    /// its lock.
    private let printed = Mutex<[Printed.Form: Printed]>([:])

    init(
        _ descriptor: FamilyDescriptor<Child.Value, Labels>, limit: ChildLimit<Labels>? = nil,
        unixTime: (@Sendable () -> Double)? = nil, makeChild: @escaping @Sendable () -> Child
    ) {
        self.descriptor = descriptor
        self.limit = limit
        self.unixTime = unixTime
        self.makeChild = makeChild
    }

    /// The child with these labels, created at zero where it is new; where the family is full, the child that stands
    /// for all others.
    @inlinable
    public subscript(labels: Labels) -> Child {
        children.find(labels) ?? child(labels)
    }

    @usableFromInline
    func child(_ labels: Labels) -> Child {
        printed.withLock { printed in
            // Another thread may have been faster.
            if let child = children.find(labels) { return child }
            guard let limit, labels != limit.other, isFull(limit) else { return add(labels, &printed) }
            limit.overflows.increment()
            return children.find(limit.other) ?? add(limit.other, &printed)
        }
    }

    private func isFull(_ limit: ChildLimit<Labels>) -> Bool {
        children.entries.count - (children.find(limit.other) == nil ? 0 : 1) >= limit.count
    }

    private func add(_ labels: Labels, _ printed: inout [Printed.Form: Printed]) -> Child {
        let child = makeChild()
        children.add(child, labels, created: unixTime?())
        printed = [:]
        return child
    }

    /// Creates the children whose labels are known in advance, so that they are exposed as zero from the start.
    public func create(_ labels: some Sequence<Labels>) {
        for labels in labels { _ = self[labels] }
    }

    /// The one family.
    public var families: [AnyFamilyDescriptor] { [descriptor.erased] }

    /// Writes all children in the order of their label values.
    public func collect(into writer: inout ExpositionWriter) {
        let form = writer.format == .protobuf ? Printed.Form.protobuf : .text
        let printed = printed.withLock { printed in
            if let known = printed[form] { return known }
            let entries = children.entries
            let labels = entries.map { $0.pointee.labels.labelPairs }
            let order = labels.inLabelOrder()
            let new = Printed(
                series: SeriesList(descriptor.erased, order.map { labels[$0] }, writer.format),
                children: order.map { position in
                    let entry = entries[position]
                    return (Unmanaged.passUnretained(entry.pointee.child).toOpaque(), entry.pointee.created)
                })
            printed[form] = new
            return new
        }
        guard !printed.children.isEmpty else { return }
        writer.family(descriptor.header) { child in
            for position in printed.children.indices {
                let (address, created) = printed.children[position]
                child.begin(printed.series[position], created: created)
                Unmanaged<Child>.fromOpaque(address)
                    ._withUnsafeGuaranteedRef { $0.write(to: &child) }
            }
        }
        withExtendedLifetime(printed) {}
    }
}
