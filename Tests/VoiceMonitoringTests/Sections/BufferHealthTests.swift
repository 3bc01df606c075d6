import Testing

@testable import VoiceMonitoring

@Suite struct BufferHealthTests {
    @Test(
        arguments: [
            (120, 20, .healthy), (20.5, 20, .healthy), (20, 20, .low), (5, 20, .low), (0, 0, .low), (1, nil, .healthy),
            (0, nil, .low),
        ] as [(Double, Double?, BufferHealth)])
    func `a buffer is healthy while it is deeper than the jitter`(
        level: Double, jitter: Double?, expected: BufferHealth
    ) {
        #expect(BufferHealth(level: level, jitter: jitter) == expected)
    }

    @Test func `no buffer has no health`() throws {
        let scene = Scene()
        #expect(scene.snapshot.audio.bufferHealth == nil)
        #expect(try json(scene.snapshot.audio).contains(#""buffer_health":null"#))
    }
}
