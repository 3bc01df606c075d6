@testable import PrometheusMetrics

/// A collector that declares any families, valid or not, and runs code of the test when it is scraped.
struct TestCollector: Collector {
    var families: [AnyFamilyDescriptor]
    var whenScraped: @Sendable (inout ExpositionWriter) -> Void = { _ in }

    func collect(into writer: inout ExpositionWriter) {
        whenScraped(&writer)
    }
}

extension AnyFamilyDescriptor {
    init(_ type: MetricType, _ name: String, labelNames: [String] = []) {
        self.init(name: name, help: "Help.", type: type, labelNames: labelNames)
    }
}

extension Registry {
    /// Registers families that nothing is ever written to.
    func declare(_ families: AnyFamilyDescriptor...) throws(RegistrationError) {
        try register(TestCollector(families: families))
    }
}
