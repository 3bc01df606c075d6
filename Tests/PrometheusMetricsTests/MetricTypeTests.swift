import Testing

@testable import PrometheusMetrics

struct MetricTypeTests {
    private let registry = Registry()

    private static let misnamed: [(MetricType, String)] = [
        (.counter, "x"), (.counter, "_total"), (.counter, "total"), (.counter, "x_total_"), (.counter, "xtotal"),
        (.counter, "x_TOTAL"), (.counter, "x_count"),
        (.gauge, "x_total"), (.gauge, "x_bucket"), (.gauge, "x_count"), (.gauge, "x_sum"), (.gauge, "x_created"),
        (.gauge, "_total"), (.histogram, "x_total"), (.histogram, "x_bucket"), (.histogram, "x_count"),
        (.histogram, "x_sum"), (.histogram, "x_created"),
    ]

    @Test(arguments: misnamed)
    func `a name that ends like another type's samples is refused`(type: MetricType, name: String) {
        #expect(throws: RegistrationError(.nameDoesNotFitType(name, type: type))) {
            try registry.declare(AnyFamilyDescriptor(type, name))
        }
        #expect(registry.families == [])
    }

    // Every pair could print a sample of the same name in one of the two formats.
    private static let clashes: [(AnyFamilyDescriptor, AnyFamilyDescriptor)] = [
        (AnyFamilyDescriptor(.gauge, "x"), AnyFamilyDescriptor(.gauge, "x")),
        (AnyFamilyDescriptor(.gauge, "x"), AnyFamilyDescriptor(.histogram, "x")),
        (AnyFamilyDescriptor(.gauge, "x"), AnyFamilyDescriptor(.counter, "x_total")),
        (AnyFamilyDescriptor(.gauge, "x"), AnyFamilyDescriptor(.gauge, "x", labelNames: ["a"])),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.histogram, "x")),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.counter, "x_total")),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.counter, "x_count_total")),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.counter, "x_sum_total")),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.counter, "x_bucket_total")),
        (AnyFamilyDescriptor(.histogram, "x"), AnyFamilyDescriptor(.counter, "x_created_total")),
        (AnyFamilyDescriptor(.counter, "x_total"), AnyFamilyDescriptor(.counter, "x_total")),
        (AnyFamilyDescriptor(.counter, "x_total"), AnyFamilyDescriptor(.counter, "x_total_total")),
        (AnyFamilyDescriptor(.counter, "x_total"), AnyFamilyDescriptor(.counter, "x_created_total")),
    ]

    @Test(arguments: clashes)
    func `two families that could print one sample clash in either order`(
        one: AnyFamilyDescriptor, other: AnyFamilyDescriptor
    ) throws {
        for (first, second) in [(one, other), (other, one)] {
            let registry = Registry()
            try registry.declare(first)
            #expect(throws: RegistrationError(.clash(second.name, with: first.name))) {
                try registry.declare(second)
            }
            #expect(registry.families == [first])
        }
    }

    @Test(arguments: clashes)
    func `two families of one collector clash too`(one: AnyFamilyDescriptor, other: AnyFamilyDescriptor) {
        #expect(throws: RegistrationError(.clash(other.name, with: one.name))) { try registry.declare(one, other) }
        #expect(registry.families == [])
    }

    @Test func `the same clashes are found between instruments`() throws {
        _ = try registry.counter("x_total", help: "Help.")
        #expect(throws: RegistrationError(.clash("x", with: "x_total"))) { try registry.gauge("x", help: "Help.") }
        #expect(throws: RegistrationError(.clash("x", with: "x_total"))) {
            try registry.histogram("x", help: "Help.", buckets: [1])
        }
        #expect(throws: RegistrationError(.nameDoesNotFitType("y_count", type: .gauge))) {
            try registry.gauge("y_count", help: "Help.")
        }
    }

    @Test func `similar names that share no sample live together`() throws {
        let families = [
            AnyFamilyDescriptor(.gauge, "x"), AnyFamilyDescriptor(.gauge, "x_info"), AnyFamilyDescriptor(.gauge, "X"),
            AnyFamilyDescriptor(.histogram, "x_seconds"), AnyFamilyDescriptor(.counter, "x_count_total"),
            AnyFamilyDescriptor(.counter, "x_seconds_a_total"), AnyFamilyDescriptor(.gauge, "x_counts"),
            AnyFamilyDescriptor(.gauge, "x_total_seconds"), AnyFamilyDescriptor(.counter, "x_seconds_sums_total"),
        ]
        for family in families { try registry.declare(family) }
        #expect(registry.families == families.sorted { $0.name < $1.name })
    }
}
