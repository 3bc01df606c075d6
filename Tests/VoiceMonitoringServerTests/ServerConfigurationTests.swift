import Testing

@testable import VoiceMonitoringServer

@Suite struct ServerConfigurationTests {
    /// Open files, and the connections and streams that follow.
    @Test(arguments: [
        (1_048_576, 4096, 1000), (4128, 4096, 1000), (1024, 992, 496), (128, 96, 48), (0, 2, 1),
    ])
    func `streams leave room for scrapes and connections for the process`(
        fileLimit: Int, connections: Int, streams: Int
    ) throws {
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let fitting = ServerConfiguration(address: address, build: BuildInfo(version: "1")).fitting(
            fileLimit: fileLimit)
        #expect(fitting.maximumConnectionCount == connections)
        #expect(fitting.maximumStreamCount == streams)
    }
}
