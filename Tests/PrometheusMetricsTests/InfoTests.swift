import Testing

@testable import PrometheusMetrics

struct InfoTests {
    private let registry = Registry()

    @Test func `an info is a gauge of one in text and a type of its own in OpenMetrics`() throws {
        try registry.info("app_build_info", help: "The build.", Route(method: "1.2", path: ""))
        #expect(
            registry.text == """
                # HELP app_build_info The build.
                # TYPE app_build_info gauge
                app_build_info{method="1.2"} 1

                """)
        #expect(
            String(decoding: registry.exposition(.openMetrics), as: UTF8.self) == """
                # TYPE app_build info
                # HELP app_build The build.
                app_build_info{method="1.2"} 1
                # EOF

                """)
    }

    @Test(arguments: ["app_build", "_info", "info", "app_info_"])
    func `the name of an info ends in info`(name: String) {
        #expect(throws: RegistrationError(.nameDoesNotFitType(name, type: .info))) {
            try registry.info(name, help: "The build.", NoLabels())
        }
    }

    @Test func `an info clashes with whoever prints under its name`() throws {
        try registry.info("app_build_info", help: "The build.", NoLabels())
        #expect(throws: RegistrationError(.clash("app_build", with: "app_build_info"))) {
            try registry.gauge("app_build", help: "Help.")
        }
        #expect(throws: RegistrationError(.clash("app_build_info", with: "app_build_info"))) {
            try registry.gauge("app_build_info", help: "Help.")
        }
    }
}
