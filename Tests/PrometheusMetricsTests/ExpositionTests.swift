import Testing

@testable import PrometheusMetrics

struct ExpositionTests {
    private let calls = FamilyDescriptor<CounterValue, Route>("calls_total", help: "Calls.", labels: Route.self)
    private let load = FamilyDescriptor<GaugeValue, NoLabels>("load", help: "Load.")
    private let wait = FamilyDescriptor<HistogramValue, NoLabels>("wait_seconds", help: "Wait.")

    @Test func `nothing written prints nothing`() {
        #expect(exposition { _ in } == "")
    }

    @Test func `a family without a value or children prints nothing`() {
        let text = exposition { writer in
            writer.write(load, nil)
            writer.write(calls, [:])
        }
        #expect(text == "")
    }

    @Test func `metadata comes once, before the samples, and the last line is ended`() {
        let text = exposition { writer in
            writer.write(
                calls,
                [Route(method: "GET", path: "/"): CounterValue(2), Route(method: "PUT", path: "/"): CounterValue(1)])
        }
        #expect(
            text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{method="GET",path="/"} 2
                calls_total{method="PUT",path="/"} 1

                """)
    }

    @Test func `families come in the order of their names, each in one piece`() {
        let text = exposition { writer in
            writer.write(wait, HistogramValue([0.5]))
            writer.write(load, GaugeValue(0.75))
            writer.write(calls, [Route(method: "GET", path: "/"): CounterValue(1)])
        }
        #expect(
            text == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{method="GET",path="/"} 1
                # HELP load Load.
                # TYPE load gauge
                load 0.75
                # HELP wait_seconds Wait.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{le="0.5"} 0
                wait_seconds_bucket{le="+Inf"} 0
                wait_seconds_sum 0
                wait_seconds_count 0

                """)
    }

    @Test func `children come in the order of their label values, first label first`() {
        let routes = [
            ("PUT", "/a"), ("GET", "/b"), ("GET", "/"), ("", "/z"), ("GET", "/B"), ("GET", "/10"), ("GET", "/9"),
        ]
        let children = Dictionary(uniqueKeysWithValues: routes.map { (Route(method: $0, path: $1), CounterValue(1)) })
        #expect(
            exposition { $0.write(calls, children) } == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{path="/z"} 1
                calls_total{method="GET",path="/"} 1
                calls_total{method="GET",path="/10"} 1
                calls_total{method="GET",path="/9"} 1
                calls_total{method="GET",path="/B"} 1
                calls_total{method="GET",path="/b"} 1
                calls_total{method="PUT",path="/a"} 1

                """)
    }

    private static let labels = [
        (Route(method: "GET", path: "/"), #"{method="GET",path="/"}"#),
        (Route(method: "GET", path: ""), #"{method="GET"}"#),
        (Route(method: "", path: "/"), #"{path="/"}"#),
        (Route(method: "", path: ""), ""),
        (Route(method: " ", path: "\t"), "{method=\" \",path=\"\t\"}"),
    ]

    @Test(arguments: labels)
    func `an empty label value is left out`(route: Route, labels: String) {
        #expect(
            exposition { $0.write(calls, [route: CounterValue(3)]) } == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total\(labels) 3

                """)
    }

    private static let hostileValues = [
        (#"say "hi""#, #"say \"hi\""#),
        (#"C:\temp\"#, #"C:\\temp\\"#),
        ("two\nlines", #"two\nlines"#),
        ("two\r\nlines", "two\r\\nlines"),
        (#"\""#, #"\\\""#),
        ("nul\0nul", "nul\0nul"),
        ("x\"} 1\nfake_total 2", #"x\"} 1\nfake_total 2"#),
        ("\n# EOF\n", #"\n# EOF\n"#),
        ("\"} 1 # {trace_id=\"a\"} 1", #"\"} 1 # {trace_id=\"a\"} 1"#),
        ("été 👩🏽‍🚀", "été 👩🏽‍🚀"),
    ]

    @Test(arguments: hostileValues)
    func `a hostile label value stays one value on one line`(value: String, printed: String) {
        #expect(
            exposition { $0.write(calls, [Route(method: value, path: "/"): CounterValue(1)]) } == """
                # HELP calls_total Calls.
                # TYPE calls_total counter
                calls_total{method="\(printed)",path="/"} 1

                """)
    }

    private static let hostileHelps = [
        (#"The "best" one."#, #"The "best" one."#),
        (#"A \ and \n."#, #"A \\ and \\n."#),
        ("Two\nlines.", #"Two\nlines."#),
        ("Help.\n# TYPE load counter\nload 7", #"Help.\n# TYPE load counter\nload 7"#),
        ("Nul\0nul.", "Nul\0nul."),
    ]

    @Test(arguments: hostileHelps)
    func `a hostile help text stays on its line`(help: String, printed: String) {
        let descriptor = FamilyDescriptor<GaugeValue, NoLabels>("load", help: help)
        #expect(
            exposition { $0.write(descriptor, GaugeValue(1)) } == """
                # HELP load \(printed)
                # TYPE load gauge
                load 1

                """)
    }
}
