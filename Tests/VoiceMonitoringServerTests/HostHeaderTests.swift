import Testing

@testable import VoiceMonitoringServer

@Suite struct HostHeaderTests {
    @Test(arguments: [
        "", "exporter", "exporter.example.org", "exporter:9477", "exporter:", ":9477", "127.0.0.1", "127.0.0.1:80",
        "[::1]", "[::1]:9477", "[::ffff:192.0.2.1]", "[v7.a:b]", "a_b", "a%20b", "x-1~.!$&'()*+,;=", "exporter ",
        "exporter:80 \t", "xn--bcher-kva.example", "[::1]:",
    ])
    func `what can name a host is taken`(host: String) {
        #expect(HostHeader.isValid(host))
    }

    @Test(arguments: [
        "a b", "a b/c", "a/b", "http://exporter", "user@exporter", "a?b", "a#b", "exporter:http", "exporter:80:90",
        "exporter:-1", "exporter:+80", "a%2", "a%zz", "a%", "::1", "[::1", "::1]", "[]", "[::1]9477", "[::1]x",
        "[:::1]",
        "[127.0.0.1]", "[exporter]", "[v.a]", "[vg.a]", "[v7.]", "[v7]", "[::1%25eth0]", "a\\b", "a<b", "a\"b", "ä",
        "\0",
        "[::1\0]", "a\u{7f}",
    ])
    func `what cannot name a host is refused`(host: String) {
        #expect(!HostHeader.isValid(host))
    }
}
