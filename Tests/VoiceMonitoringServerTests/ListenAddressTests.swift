import Testing

@testable import VoiceMonitoringServer

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9477", "127.0.0.1", 9477, true), ("localhost:0", "localhost", 0, true),
        ("[::1]:9477", "::1", 9477, true), ("127.8.9.1:1", "127.8.9.1", 1, true), (":9477", "0.0.0.0", 9477, false),
        ("0.0.0.0:80", "0.0.0.0", 80, false), ("[::]:80", "::", 80, false),
        ("127.0.evil.example:80", "127.0.evil.example", 80, false),
    ])
    func `a host and a port are read`(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(arguments: ["", "9477", "127.0.0.1", "host:", "host:port", "host:65536", "host:-1", "::1:9477"])
    func `what is no address is refused`(text: String) {
        #expect(ListenAddress(text) == nil)
    }
}
