import Testing

@testable import PrometheusMetrics

struct DynamicLabelsTests {
    private let registry = Registry()

    private func labels(_ pairs: KeyValuePairs<String, String>) throws -> DynamicLabels {
        try DynamicLabels(pairs.map { LabelPair(name: $0.key, value: $0.value) })
    }

    @Test func `labels are the same child in any order, and printed in the order of their names`() throws {
        let family = try registry.counter("calls_total", help: "Calls.", labels: DynamicLabels.self)
        family[try labels(["b": "2", "a": "1"])].increment()
        family[try labels(["a": "1", "b": "2"])].increment()
        #expect(
            registry.text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{a="1",b="2"} 2

                """)
    }

    @Test func `children may have different names`() throws {
        let family = try registry.gauge("load", help: "Load.", labels: DynamicLabels.self)
        for pairs in [["b": "0"], ["a": "1", "c": #"""#], [:], ["a": "1"]] as [KeyValuePairs<String, String>] {
            family[try labels(pairs)].set(Double(pairs.count))
        }
        #expect(
            registry.text == #"""
                # HELP load Load.
                # TYPE load gauge
                load 0
                load{a="1"} 1
                load{a="1",c="\""} 2
                load{b="0"} 1

                """#)
    }

    @Test(arguments: ["", "1x", "x-y", "x.y", "_x", "__name__", "le", "é"])
    func `an invalid or reserved name is refused`(name: String) {
        #expect(throws: RegistrationError(.invalidLabelName(name, family: "dynamic labels"))) {
            try labels([name: "value"])
        }
    }

    @Test func `a name appears once`() {
        #expect(throws: RegistrationError(.duplicateLabelName("a", family: "dynamic labels"))) {
            try labels(["a": "1", "b": "2", "a": "1"])
        }
    }
}
