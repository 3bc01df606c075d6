/// The labels of one child of a family, as a type of its own, so that a wrong label is a compile error.
///
/// A conforming structure holds one property a label. All children of a family share the type and with it the names.
public protocol LabelSet: Hashable, Sendable {
    /// The names, in the order in which the values are printed.
    static var labelNames: [String] { get }

    /// The values, one for each name and in the same order. An empty value stands for an absent label.
    var labelValues: [String] { get }

    /// The names with their values. A conforming structure leaves this to its default.
    var labelPairs: [LabelPair] { get }
}

extension LabelSet {
    /// The names with their values.
    public var labelPairs: [LabelPair] {
        zip(Self.labelNames, labelValues).map { LabelPair(name: $0, value: $1) }
    }
}

/// The name of a label and its value.
public struct LabelPair: Codable, Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value; an empty one stands for an absent label.
    public let value: String

    /// Creates a pair. Whoever takes it checks the name.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// The label set of a family that has one child and no labels.
public struct NoLabels: LabelSet {
    /// No names.
    public static let labelNames: [String] = []

    /// No values.
    public var labelValues: [String] { [] }

    /// Creates the one empty label set.
    public init() {}
}
