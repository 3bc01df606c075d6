import Testing

@testable import VoiceMonitoring

@Suite struct RecentEventIDsTests {
    private func ids(capacity: Int) -> RecentEventIDs {
        RecentEventIDs(capacity: capacity, window: .minutes(10), hash: SipHash(key: (1, 2)))
    }

    private func time(_ seconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: seconds * 1_000_000_000) }

    @Test func `an id is new once within ten minutes of its first use`() {
        var ids = ids(capacity: 10)
        #expect(ids.insert("a", at: time(0)).isNew)
        #expect(!ids.insert("a", at: time(599)).isNew)
        #expect(ids.insert("a", at: time(600)).isNew)
    }

    @Test func `a full memory forgets the oldest id and says so`() {
        var ids = ids(capacity: 2)
        #expect(!ids.insert("a", at: time(0)).evicted)
        #expect(!ids.insert("b", at: time(1)).evicted)
        #expect(ids.insert("c", at: time(2)).evicted)
        #expect(ids.insert("a", at: time(3)).isNew)
        #expect(!ids.insert("c", at: time(3)).isNew)
    }
}
