/// A family whose values are asked for at each scrape.
struct CallbackFamily<Value: MetricValue, Labels: LabelSet>: Collector {
    let descriptor: FamilyDescriptor<Value, Labels>
    let read: @Sendable () -> [Labels: Value]

    var families: [AnyFamilyDescriptor] { [descriptor.erased] }

    func collect(into writer: inout ExpositionWriter) {
        writer.write(descriptor, read())
    }
}
