import Synchronization

/// All shared instruments of one name, told apart by their labels.
///
/// Thread safe. Looking up a child that exists takes no lock; hold the child where it is updated very often.
public final class Family<Labels: LabelSet, Child: Instrument>: Collector {
    /// The children as they are printed. They need no references of their own, since a family never loses a child.
    private struct Printed: @unchecked Sendable {
        let series: SeriesList
        let children: [UnsafeMutableRawPointer]
    }

    private let descriptor: FamilyDescriptor<Child.Value, Labels>
    private let limit: ChildLimit<Labels>?
    private let makeChild: @Sendable () -> Child
    @usableFromInline let children = ChildTable<Labels, Child>()
    /// The children in the order of their label values, made again after a new child appears. Children are added under
    /// its lock.
    private let printed = Mutex<Printed?>(nil)

    init(
        _ descriptor: FamilyDescriptor<Child.Value, Labels>, limit: ChildLimit<Labels>? = nil,
        makeChild: @escaping @Sendable () -> Child
    ) {
        self.descriptor = descriptor
        self.limit = limit
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

    private func add(_ labels: Labels, _ printed: inout Printed?) -> Child {
        let child = makeChild()
        children.add(child, labels)
        printed = nil
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
        let printed = printed.withLock { printed in
            if let printed { return printed }
            let entries = children.entries.map { (labels: $0.pointee.labels, child: $0.pointee.child) }.inLabelOrder()
            let new = Printed(
                series: SeriesList(descriptor.erased, entries.map { RenderedLabels($0.labels) }),
                children: entries.map { Unmanaged.passUnretained($0.child).toOpaque() })
            printed = new
            return new
        }
        guard !printed.children.isEmpty else { return }
        writer.family(descriptor.header) { child in
            for position in printed.children.indices {
                child.begin(printed.series[position])
                Unmanaged<Child>.fromOpaque(printed.children[position])
                    ._withUnsafeGuaranteedRef { $0.write(to: &child) }
            }
        }
        withExtendedLifetime(printed) {}
    }
}
