import Testing

@testable import PrometheusMetrics

struct MetricNameTests {
    private let registry = Registry()

    @Test(arguments: ["x", "X", "_", "_x", "x9", "A_b_9", "amplifier_voice_sessions", "process_cpu_seconds"])
    func `letters, digits and underscores make a name`(name: String) throws {
        try registry.declare(AnyFamilyDescriptor(.gauge, name))
        #expect(registry.families.map(\.name) == [name])
    }

    private static let invalidNames = [
        "", " ", "1x", "9", "x-y", "x.y", "x y", "x ", "x:y", ":x", "x/y", "x{", "x\"", "x\\", "x\n", "x\0", "été",
        "xé",
        "\u{FF58}", "x\u{301}", "👩🏽‍🚀", "x 1\nfake",
    ]

    @Test(arguments: invalidNames)
    func `any other name is refused`(name: String) {
        #expect(throws: RegistrationError(.invalidName(name))) {
            try registry.declare(AnyFamilyDescriptor(.gauge, name))
        }
        #expect(throws: RegistrationError(.invalidName(name))) { try registry.gauge(name, help: "Help.") }
    }

    @Test func `of the first 256 characters those of the grammar are accepted and no others`() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
        let digits = "0123456789"
        #expect(accepted { "\($0)" } == letters)
        #expect(accepted { "x\($0)" } == digits + letters)
        #expect(accepted(asLabel: true) { "\($0)" } == letters.filter { $0 != "_" })
        #expect(accepted(asLabel: true) { "x\($0)" } == digits + letters)
    }

    /// The characters that make a name the registry takes.
    private func accepted(asLabel: Bool = false, _ name: (Unicode.Scalar) -> String) -> String {
        let scalars = (UInt8.min...UInt8.max).map { Unicode.Scalar($0) }.filter { scalar in
            let family =
                asLabel
                ? AnyFamilyDescriptor(.gauge, "load", labelNames: [name(scalar)])
                : AnyFamilyDescriptor(.gauge, name(scalar))
            return (try? Registry().declare(family)) != nil
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private static let invalidLabels = [
        "", "_", "_x", "__name__", "1x", "x-y", "x.y", "x y", "x:y", "x=", "x\"", "x\n", "x\0", "é", "x\u{301}",
    ]

    @Test(arguments: invalidLabels)
    func `a malformed or reserved label name is refused`(label: String) {
        #expect(throws: RegistrationError(.invalidLabelName(label, family: "x"))) {
            try registry.declare(AnyFamilyDescriptor(.gauge, "x", labelNames: ["fine", label]))
        }
    }

    @Test func `a histogram keeps the label le to itself`() throws {
        #expect(throws: RegistrationError(.invalidLabelName("le", family: "wait"))) {
            try registry.declare(AnyFamilyDescriptor(.histogram, "wait", labelNames: ["le"]))
        }
        try registry.declare(
            AnyFamilyDescriptor(.histogram, "wait", labelNames: ["LE", "lens"]),
            AnyFamilyDescriptor(.counter, "waits_total", labelNames: ["le"]),
            AnyFamilyDescriptor(.gauge, "waiting", labelNames: ["le"]))
        #expect(registry.families.map(\.name) == ["wait", "waiting", "waits_total"])
    }

    @Test func `a label name appears once`() throws {
        #expect(throws: RegistrationError(.duplicateLabelName("b", family: "x"))) {
            try registry.declare(AnyFamilyDescriptor(.gauge, "x", labelNames: ["a", "b", "c", "b"]))
        }
        try registry.declare(AnyFamilyDescriptor(.gauge, "x", labelNames: ["a", "b", "c", "B"]))
        #expect(registry.families.map(\.labelNames) == [["a", "b", "c", "B"]])
    }
}
