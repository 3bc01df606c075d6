/// What a family is called, what it means, and which values and labels its children have.
///
/// The two type parameters keep a collector from writing a histogram into a counter, or a child with the labels of
/// another family. A descriptor is checked when its collector is registered.
public struct FamilyDescriptor<Value: MetricValue, Labels: LabelSet>: Sendable {
    /// The metadata as it is printed.
    let header: FamilyHeader

    /// The family's name in the Prometheus text format; a counter's ends in `_total`.
    public var name: String { erased.name }

    /// One sentence that says what is counted, for the people who read the exposition.
    public var help: String { erased.help }

    /// The description without its types, for registration.
    public var erased: AnyFamilyDescriptor { header.descriptor }

    /// Describes a family with labels.
    public init(_ name: String, help: String, labels: Labels.Type) {
        header = FamilyHeader(
            AnyFamilyDescriptor(name: name, help: help, type: Value.type, labelNames: Labels.labelNames))
    }
}

extension FamilyDescriptor where Labels == NoLabels {
    /// Describes a family with one child and no labels.
    public init(_ name: String, help: String) {
        self.init(name, help: help, labels: NoLabels.self)
    }
}

/// A family's description whose types are values, so that a registry can compare all of them.
public struct AnyFamilyDescriptor: Equatable, Sendable {
    /// The family's name in the Prometheus text format.
    public let name: String
    /// The help text.
    public let help: String
    /// The type on the `# TYPE` line.
    public let type: MetricType
    /// The names of the labels of every child.
    public let labelNames: [String]

    func check() throws(RegistrationError) {
        try MetricName.check(name)
        try type.checkSuffix(of: name)
        try MetricName.checkLabels(labelNames, family: name, reserved: type.reservedLabel)
        guard !help.isEmpty else { throw RegistrationError(.missingHelp(name)) }
    }
}
