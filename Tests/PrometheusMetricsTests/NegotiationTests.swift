import PrometheusMetrics
import Testing

private let text = "text/plain; version=0.0.4; charset=utf-8"
private let openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"

@Suite struct NegotiationTests {
    @Test(arguments: [
        nil, "", "*/*", "text/*", "text/plain", "application/json", ";;;q=,",
        "application/openmetrics-text; version=0.0.1", "application/openmetrics-text;q=0, text/plain",
        "application/openmetrics-text;q=0", "text/plain;q=0.5, application/openmetrics-text;q=0.4",
        "text/plain;q=0.5, application/openmetrics-text;q=0.5", "application/openmetrics-text;q=2",
        "application/openmetrics-text;q=x", "text/*", "application/openmetrics-text;q=0, */*",
        "text/plain;q=0.9, text/*;q=0.1, */*;q=0.8", "text/html, application/xml;q=0.9, */*;q=0.8",
        "application/openmetrics-text;version=1.0.0;q=0.1, application/openmetrics-text, text/plain;q=0.5",
    ])
    func `whoever does not prefer OpenMetrics gets the text format`(accept: String?) {
        #expect(NegotiatedFormat(accept: accept).contentType == text)
    }

    @Test(arguments: [
        "application/openmetrics-text", "application/openmetrics-text; version=1.0.0", "Application/OpenMetrics-Text",
        "text/plain;q=0.4, application/openmetrics-text;q=0.5", #"application/openmetrics-text; version="1.0.0""#,
        "text/plain;version=1.0.0, application/openmetrics-text;q=0.1", "text/plain;q=0, */*", "*/*, text/plain;q=0",
        "text/*;q=0.2, */*;q=0.8", "application/*, text/plain;q=0.9",
        "text/plain;version=0.0.4;q=0.1, text/plain, application/openmetrics-text;q=0.5",
    ])
    func `whoever prefers OpenMetrics gets it`(accept: String) {
        #expect(NegotiatedFormat(accept: accept).contentType == openMetrics)
    }

    @Test func `Prometheus 2 gets OpenMetrics`() {
        let accept = """
            application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,\
            text/plain;version=0.0.4;q=0.5,*/*;q=0.1
            """
        #expect(NegotiatedFormat(accept: accept).contentType == openMetrics)
    }

    @Test func `Prometheus 3 gets OpenMetrics and its escaping`() {
        let accept = """
            application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
            application/openmetrics-text;version=0.0.1;q=0.5,\
            text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2
            """
        #expect(NegotiatedFormat(accept: accept).contentType == openMetrics + "; escaping=allow-utf-8")
    }

    private static let protobuf =
        "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

    @Test(arguments: [
        // Prometheus 2.42 with native histograms.
        """
        application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,\
        application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,\
        text/plain;version=0.0.4;q=0.5,*/*;q=0.1
        """,
        """
        application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,\
        application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2
        """,
        "application/vnd.google.protobuf; encoding=delimited; proto=io.prometheus.client.MetricFamily",
    ])
    func `whoever prefers the protobuf format gets it`(accept: String) {
        #expect(NegotiatedFormat(accept: accept).format == .protobuf)
        #expect(NegotiatedFormat(accept: accept).contentType == Self.protobuf)
    }

    @Test(arguments: [
        "application/vnd.google.protobuf", "application/vnd.google.protobuf;encoding=delimited",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=compact-text",
        "application/vnd.google.protobuf;proto=other;encoding=delimited",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0",
    ])
    func `other messages and other ways to write them are not the protobuf format`(accept: String) {
        #expect(NegotiatedFormat(accept: accept).contentType == text)
    }

    @Test func `vmagent gets the text format`() {
        #expect(NegotiatedFormat(accept: "text/plain;version=0.0.4;q=1,*/*;q=0.1").contentType == text)
    }

    @Test(arguments: ["underscores", "dots", "values", "allow-utf-8"])
    func `a known escaping is given back`(escaping: String) {
        let accept = "text/plain;version=0.0.4;escaping=\(escaping)"
        #expect(NegotiatedFormat(accept: accept).contentType == text + "; escaping=\(escaping)")
    }

    @Test func `an unknown escaping is ignored`() {
        #expect(NegotiatedFormat(accept: "text/plain;escaping=rot13").contentType == text)
    }
}
