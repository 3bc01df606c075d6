extension Collection {
    /// Children in the order of their label values, which is their order in an exposition.
    func inLabelOrder<Labels: LabelSet, Child>() -> [(labels: Labels, child: Child)]
    where Element == (labels: Labels, child: Child) {
        map { (labels: $0.labels, child: $0.child, values: $0.labels.labelValues) }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
            .map { ($0.labels, $0.child) }
    }
}

extension Dictionary where Key: LabelSet {
    /// The entries in the order of their label values.
    func inLabelOrder() -> [(labels: Key, child: Value)] {
        map { (labels: $0.key, child: $0.value) }.inLabelOrder()
    }
}
