extension Collection {
    /// Children in the order of their labels, which is their order in an exposition.
    func inLabelOrder<Labels: LabelSet, Child>() -> [(labels: Labels, child: Child)]
    where Element == (labels: Labels, child: Child) {
        map { (labels: $0.labels, child: $0.child, pairs: $0.labels.labelPairs) }
            .sorted { $0.pairs.lexicographicallyPrecedes($1.pairs) { ($0.name, $0.value) < ($1.name, $1.value) } }
            .map { ($0.labels, $0.child) }
    }
}

extension Dictionary where Key: LabelSet {
    /// The entries in the order of their labels.
    func inLabelOrder() -> [(labels: Key, child: Value)] {
        map { (labels: $0.key, child: $0.value) }.inLabelOrder()
    }
}
