@testable import PrometheusMetrics

extension Registry {
    /// The exposition as text; none where it is not valid UTF-8.
    var text: String? { String(validating: exposition(), as: UTF8.self) }
}

/// The exposition of what a collector would write.
func exposition(_ write: (inout ExpositionWriter) -> Void) -> String? {
    var writer = ExpositionWriter()
    write(&writer)
    return String(validating: writer.finish(), as: UTF8.self)
}

/// The exposition of one plain value without labels, in a family `x` or, as a counter, `x_total`.
func exposition<Value: MetricValue>(of value: Value) -> String? {
    let name = Value.type == .counter ? "x_total" : "x"
    return exposition { $0.write(FamilyDescriptor<Value, NoLabels>(name, help: "Help."), value) }
}

/// What a function appends to an empty buffer.
func appended(_ append: (inout [UInt8]) -> Void) -> String? {
    var bytes: [UInt8] = []
    append(&bytes)
    return String(validating: bytes, as: UTF8.self)
}
