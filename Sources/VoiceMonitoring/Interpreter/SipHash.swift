/// A 128-bit digest of a string.
struct Digest: Hashable, Codable, Sendable {
    var high: UInt64
    var low: UInt64
}

/// SipHash-2-4 with a 128-bit result: a keyed hash whose collisions cannot be made without the key.
///
/// Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF" (2012), with the 128-bit finalisation of
/// the authors' reference implementation.
struct SipHash: Codable, Sendable {
    private let key0: UInt64
    private let key1: UInt64

    init(key: (UInt64, UInt64)) {
        (key0, key1) = key
    }

    func digest(_ text: String) -> Digest {
        var text = text
        return text.withUTF8 { digest($0) }
    }

    private func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> Digest {
        var state = State(key0, key1)
        let tail = bytes.count & ~7
        for start in stride(from: 0, to: tail, by: 8) {
            state.absorb(word(bytes[start..<start + 8]))
        }
        state.absorb(word(bytes[tail...]) | UInt64(bytes.count & 0xff) << 56)
        return state.finish()
    }

    private func word(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private struct State {
        var v0, v1, v2, v3: UInt64

        init(_ key0: UInt64, _ key1: UInt64) {
            v0 = key0 ^ 0x736f_6d65_7073_6575
            v1 = key1 ^ 0x646f_7261_6e64_6f6d ^ 0xee
            v2 = key0 ^ 0x6c79_6765_6e65_7261
            v3 = key1 ^ 0x7465_6462_7974_6573
        }

        mutating func absorb(_ word: UInt64) {
            v3 ^= word
            mix(rounds: 2)
            v0 ^= word
        }

        mutating func finish() -> Digest {
            v2 ^= 0xee
            mix(rounds: 4)
            let low = v0 ^ v1 ^ v2 ^ v3
            v1 ^= 0xdd
            mix(rounds: 4)
            return Digest(high: v0 ^ v1 ^ v2 ^ v3, low: low)
        }

        private mutating func mix(rounds: Int) {
            for _ in 0..<rounds {
                v0 &+= v1
                v1 = rotated(v1, 13) ^ v0
                v0 = rotated(v0, 32)
                v2 &+= v3
                v3 = rotated(v3, 16) ^ v2
                v0 &+= v3
                v3 = rotated(v3, 21) ^ v0
                v2 &+= v1
                v1 = rotated(v1, 17) ^ v2
                v2 = rotated(v2, 32)
            }
        }

        private func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 {
            word << bits | word >> (64 - bits)
        }
    }
}
