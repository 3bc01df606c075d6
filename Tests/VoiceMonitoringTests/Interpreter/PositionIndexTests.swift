import TestSupport
import Testing

@testable import VoiceMonitoring

@Suite struct PositionIndexTests {
    /// The model is a dictionary. Hashes are poor on purpose, so that runs of taken places are long and wrap around.
    @Test(arguments: 0..<20) func `random operations agree with a dictionary`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let capacity = Int.random(in: 1...40, using: &random)
        var index = PositionIndex(capacity: capacity)
        var keys: [Int] = []
        func hash(_ key: Int) -> Int { key % 7 - 3 }
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<60, using: &random)
            let position = keys.firstIndex(of: key)
            #expect(index.position(hash: hash(key)) { keys[$0] == key } == position)
            if let position, Bool.random(using: &random) {
                index.remove(position, hash: hash(key)) { hash(keys[$0]) }
                let last = keys.removeLast()
                if position < keys.count {
                    index.move(keys.count, to: position, hash: hash(last))
                    keys[position] = last
                }
            } else if position == nil, keys.count < capacity {
                index.insert(keys.count, hash: hash(key))
                keys.append(key)
            }
        }
    }
}
