import Synchronization

/// All shared instruments of one name, told apart by their labels.
///
/// Thread safe. Looking a child up takes a lock; hold the child where it is updated often.
public final class Family<Labels: LabelSet, Child: Instrument>: Collector {
    private struct State {
        var children: [Labels: Child] = [:]
        /// The children in the order of their label values, made again after a new child appears.
        var printed: [(labels: RenderedLabels, child: Child)]?
    }

    private let descriptor: FamilyDescriptor<Child.Value, Labels>
    private let makeChild: @Sendable () -> Child
    private let state = Mutex(State())

    init(_ descriptor: FamilyDescriptor<Child.Value, Labels>, makeChild: @escaping @Sendable () -> Child) {
        self.descriptor = descriptor
        self.makeChild = makeChild
    }

    /// The child with these labels, created at zero where it is new.
    public subscript(labels: Labels) -> Child {
        state.withLock { state in
            if let child = state.children[labels] { return child }
            let child = makeChild()
            state.children[labels] = child
            state.printed = nil
            return child
        }
    }

    /// Creates the children whose labels are known in advance, so that they are exposed as zero from the start.
    public func create(_ labels: some Sequence<Labels>) {
        for labels in labels { _ = self[labels] }
    }

    /// The one family.
    public var families: [AnyFamilyDescriptor] { [descriptor.erased] }

    /// Writes all children in the order of their label values.
    public func collect(into writer: inout ExpositionWriter) {
        let printed = state.withLock { state in
            if let printed = state.printed { return printed }
            let printed = state.children.inLabelOrder().map { (RenderedLabels($0.labels), $0.child) }
            state.printed = printed
            return printed
        }
        writer.family(descriptor.erased) { family in
            for (labels, child) in printed { family.child(labels, child.value) }
        }
    }
}
