import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct StreamReaderTests {
    private typealias Need = StreamReader.Need

    private static func reader(_ topics: String = "all", told: [StreamFeed: Int] = [:]) throws -> StreamReader {
        StreamReader(try StreamSelection(topics: topics), told: StreamPosition(told), end: .now)
    }

    @Test func `a topic that is as it was is not needed again, but once a minute`() throws {
        var reader = try Self.reader()
        #expect(reader.need(.latency, edition: 1, end: nil, isPush: false, isRefresh: false) == Need())
        #expect(reader.need(.latency, edition: 1, end: nil, isPush: false, isRefresh: false) == nil)
        #expect(reader.need(.latency, edition: 2, end: nil, isPush: false, isRefresh: false) == Need())
        #expect(reader.need(.latency, edition: 2, end: nil, isPush: false, isRefresh: true) == Need())
    }

    @Test func `of tasks the changes are needed by who has them, and all of them at first and once a minute`() throws {
        var reader = try Self.reader()
        #expect(reader.need(.tasks, edition: 4, end: nil, isPush: true, isRefresh: false) == Need(told: nil))
        #expect(reader.need(.tasks, edition: 5, end: nil, isPush: false, isRefresh: false) == Need(told: 4))
        #expect(reader.need(.tasks, edition: 5, end: nil, isPush: false, isRefresh: true) == Need(told: nil))
    }

    @Test func `what was not asked for is not needed`() throws {
        var reader = try Self.reader("errors")
        #expect(reader.need(.tools, edition: 1, end: 3, isPush: false, isRefresh: true) == nil)
    }

    @Test func `of a feed what came after what was told is needed`() throws {
        var reader = try Self.reader(told: [.errors: 5])
        #expect(reader.need(.errors, edition: 1, end: 7, isPush: true, isRefresh: false) == Need(told: 5, limit: 20))
        #expect(reader.need(.errors, edition: 2, end: 9, isPush: false, isRefresh: false) == Need(told: 7))
        #expect(reader.need(.errors, edition: 2, end: 9, isPush: false, isRefresh: true) == Need(told: 9))
    }

    @Test func `what a push left out comes at the next tick, whether there is news or not`() throws {
        var reader = try Self.reader()
        #expect(reader.need(.errors, edition: 1, end: 21, isPush: true, isRefresh: false) == Need(told: 0, limit: 20))
        #expect(reader.need(.errors, edition: 2, end: 22, isPush: true, isRefresh: false) == Need(told: 21, limit: 20))
        #expect(reader.need(.errors, edition: 2, end: 22, isPush: false, isRefresh: false) == Need(told: nil))
        #expect(reader.need(.errors, edition: 2, end: 22, isPush: false, isRefresh: false) == nil)
    }

    @Test func `alerts are told once, to those who have named events`() throws {
        var reader = try Self.reader("sessions", told: [.alerts: 2])
        #expect(reader.needOfAlerts(end: 2) == nil)
        #expect(reader.needOfAlerts(end: 4) == Need(told: 2))
        #expect(reader.needOfAlerts(end: 4) == nil)
        var whole = StreamReader(.whole, told: StreamPosition(), end: .now)
        #expect(whole.needOfAlerts(end: 4) == nil)
    }
}
