import PrometheusMetrics

/// What Prometheus calls what swift-metrics calls something else.
enum PrometheusName {
    /// A counter ends in `_total`.
    static func counter(_ label: String) -> String {
        ending(identifier(label), in: "_total")
    }

    /// A gauge does not end like a sample of another type.
    static func gauge(_ label: String) -> String {
        harmless(identifier(label))
    }

    /// A histogram does not end like a sample of another type.
    static func histogram(_ label: String) -> String {
        harmless(identifier(label))
    }

    /// A timer ends in `_seconds`.
    static func timer(_ label: String) -> String {
        ending(identifier(label), in: "_seconds")
    }

    /// The dimensions as labels.
    ///
    /// - Throws: `RegistrationError` where two have the same name.
    static func labels(_ dimensions: [(String, String)]) throws(RegistrationError) -> DynamicLabels {
        try DynamicLabels(dimensions.map { LabelPair(name: label($0.0), value: $0.1) })
    }

    /// Names that begin with an underscore belong to Prometheus, and `le` to histograms.
    private static func label(_ name: String) -> String {
        let name = identifier(name)
        return name.hasPrefix("_") || name.isEmpty || name == "le" ? "label_" + name.drop { $0 == "_" } : name
    }

    /// Dots and all that is no letter, digit or underscore are underscores, and a digit does not come first.
    private static func identifier(_ name: String) -> String {
        let bytes = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                byte
            default:
                UInt8(ascii: "_")
            }
        }
        let startsWithDigit = bytes.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
        return (startsWithDigit ? "_" : "") + String(decoding: bytes, as: UTF8.self)
    }

    private static func ending(_ name: String, in suffix: String) -> String {
        name.hasSuffix(suffix) ? name : name + suffix
    }

    private static func harmless(_ name: String) -> String {
        let foreign = ["_total", "_bucket", "_count", "_sum", "_created"]
        return foreign.contains { name.hasSuffix($0) } ? name + "_value" : name
    }
}
