/// How many children a family may have whose labels come from outside, and where the rest is counted.
///
/// Children that were created in advance have their places, so that junk cannot push them out.
public struct ChildLimit<Labels: LabelSet>: Sendable {
    /// The most children beside `other`.
    public let count: Int
    /// The labels of the child that stands for all others.
    public let other: Labels
    /// Counts each look-up that found no place.
    public let overflows: Counter

    /// Creates a limit.
    ///
    /// - Parameters:
    ///   - count: The most children beside `other`, at least one.
    ///   - other: The labels of the child that stands for all others, which is created with the first of them.
    ///   - overflows: Counts each look-up that found no place; one counter may serve several families.
    public init(_ count: Int, other: Labels, overflows: Counter) {
        self.count = count
        self.other = other
        self.overflows = overflows
    }
}
