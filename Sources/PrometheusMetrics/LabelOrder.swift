extension [[LabelPair]] {
    /// The positions of children with these labels in the order of their labels, which is their order in an exposition.
    func inLabelOrder() -> [Int] {
        indices.sorted { first, second in
            self[first].lexicographicallyPrecedes(self[second]) { ($0.name, $0.value) < ($1.name, $1.value) }
        }
    }
}
