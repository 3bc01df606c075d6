extension Dictionary where Key: LabelSet {
    /// The entries in the order of their label values, which is the order of the children in an exposition.
    func inLabelOrder() -> [(labels: Key, child: Value)] {
        map { (labels: $0.key, child: $0.value, values: $0.key.labelValues) }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
            .map { ($0.labels, $0.child) }
    }
}
