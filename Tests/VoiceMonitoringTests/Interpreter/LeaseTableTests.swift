import TestSupport
import Testing

@testable import VoiceMonitoring

@Suite struct LeaseTableTests {
    private func time(_ seconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: seconds * 1_000_000_000) }

    @Test func `the entry renewed longest ago goes first when the table is full`() {
        var table = LeaseTable<String, Int>(capacity: 2, lease: .seconds(60))
        #expect(table.insert(1, for: "a", at: time(0)) == nil)
        #expect(table.insert(2, for: "b", at: time(1)) == nil)
        _ = table.renew("a", at: time(2)) { $0 += 10 }
        let evicted = table.insert(3, for: "c", at: time(3))
        #expect(evicted?.key == "b")
        #expect(table["a"] == 11)
        #expect(table.count == 2)
    }

    @Test func `a lease ends when its length has passed and not before`() {
        var table = LeaseTable<String, Int>(capacity: 2, lease: .seconds(60))
        _ = table.insert(1, for: "a", at: time(0))
        #expect(table.removeExpired(at: time(59)) == nil)
        #expect(table.removeExpired(at: time(60))?.key == "a")
        #expect(table.removeExpired(at: time(60)) == nil)
    }

    /// The model is a list in the order of renewal, searched from end to end.
    @Test(arguments: 0..<20) func `random operations agree with a plain list`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var table = LeaseTable<Int, Int>(capacity: 8, lease: .seconds(30))
        var model: [(key: Int, value: Int, renewed: Int64)] = []
        var now: Int64 = 0
        for step in 0..<2000 {
            now += Int64.random(in: 0...3, using: &random)
            let key = Int.random(in: 0..<12, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where !model.contains { $0.key == key }:
                let evicted = table.insert(step, for: key, at: time(now))
                let expected = model.count == 8 ? model.removeFirst() : nil
                model.append((key, step, now))
                #expect(evicted?.key == expected?.key)
                #expect(evicted?.value == expected?.value)
            case 1:
                let renewed = table.renew(key, at: time(now)) { $0 += 1 } != nil
                let index = model.firstIndex { $0.key == key }
                #expect(renewed == (index != nil))
                if let index {
                    let entry = model.remove(at: index)
                    model.append((key, entry.value + 1, now))
                }
            case 2:
                let removed = table.remove(key)
                let index = model.firstIndex { $0.key == key }
                #expect(removed == index.map { model[$0].value })
                if let index { model.remove(at: index) }
            default:
                let expired = table.removeExpired(at: time(now))
                let isDue = model.first.map { $0.renewed + 30 <= now } ?? false
                #expect(expired?.key == (isDue ? model.removeFirst().key : nil))
            }
            #expect(table.count == model.count)
            #expect(Array(table.newestFirst).map(\.key) == model.reversed().map(\.key))
        }
    }
}
