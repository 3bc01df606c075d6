import Testing

@testable import PrometheusMetrics

@Suite struct AcceptEncodingTests {
    @Test(
        arguments: [
            (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("deflate, gzip", true), ("deflate", false),
            ("gzip;q=0", false), ("gzip; q=0.5", true), ("*", true), ("*;q=0", false), ("identity, *;q=0.5", false),
            ("gzip;q=0.5, identity;q=0.8", false), ("gzip;q=abc", false), ("gzipped", false),
        ] as [(String?, Bool)])
    func `gzip is sent to those who want it`(header: String?, expected: Bool) {
        #expect(AcceptEncoding.wantsGzip(header) == expected)
    }
}
