import Testing

@testable import PrometheusMetrics

struct BucketsTests {
    @Test(
        arguments: [[0], [1], [-1, 0, 1], [.leastNonzeroMagnitude, 1.7976931348623157e308], [1, (1.0).nextUp]]
            as [[Double]])
    func `ascending finite bounds are kept as they are`(bounds: [Double]) throws {
        #expect(try Buckets(bounds).bounds == bounds)
    }

    private static let refused: [[Double]] = [
        [], [.infinity], [-.infinity], [1, .infinity], [-.infinity, 1], [1, 1], [2, 1], [1, 3, 2], [-0.0, 0],
    ]

    @Test(arguments: refused)
    func `bounds in any other form are refused`(bounds: [Double]) {
        #expect(throws: RegistrationError(.invalidBuckets(bounds))) { try Buckets(bounds) }
    }

    @Test(arguments: [[.nan], [.nan, 1], [1, .nan], [1, .nan, 2]] as [[Double]])
    func `a bound that is not a number is refused`(bounds: [Double]) {
        let error = #expect(throws: RegistrationError.self) { try Buckets(bounds) }
        // Bounds that are not numbers equal nothing, so the reason is compared by its text.
        #expect(error?.description == RegistrationError(.invalidBuckets(bounds)).description)
    }

    @Test func `a literal makes the same buckets`() throws {
        let buckets: Buckets = [0.1, 1, 10]
        #expect(try buckets == Buckets([0.1, 1, 10]))
        #expect(try buckets != Buckets([0.1, 1]))
    }

    @Test func `a wrong literal ends the program and says why`() async throws {
        let result = try #require(
            await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
                let buckets: Buckets = [2, 1]
                print(buckets)
            })
        let output = String(decoding: result.standardErrorContent, as: UTF8.self)
        #expect(output.contains(RegistrationError(.invalidBuckets([2, 1])).description))
    }

    @Test func `bounds are made at equal distances or by a factor`() throws {
        #expect(try Buckets.linear(from: -1, by: 0.5, count: 4).bounds == [-1, -0.5, 0, 0.5])
        #expect(try Buckets.exponential(from: 0.5, by: 2, count: 4).bounds == [0.5, 1, 2, 4])
        #expect(Buckets.durations.bounds.count == 11)
        for count in [0, -1] {
            #expect(throws: RegistrationError(.invalidBuckets([]))) { try Buckets.linear(from: 0, by: 1, count: count) }
            #expect(throws: RegistrationError(.invalidBuckets([]))) {
                try Buckets.exponential(from: 1, by: 2, count: count)
            }
        }
        #expect(throws: RegistrationError(.invalidBuckets([1, 1]))) {
            try Buckets.exponential(from: 1, by: 1, count: 2)
        }
    }

    @Test func `buckets survive JSON as their bounds`() throws {
        let buckets: Buckets = [0.1, 1, 10]
        #expect(try encodedAsJSON(buckets) == "[0.1,1,10]")
        #expect(try throughJSON(buckets) == buckets)
    }

    @Test(arguments: [("[]", []), ("[2,1]", [2, 1]), ("[1,1]", [1, 1])] as [(String, [Double])])
    func `wrong bounds are refused in JSON too`(json: String, bounds: [Double]) {
        #expect(throws: RegistrationError(.invalidBuckets(bounds))) { try decoded(Buckets.self, fromJSON: json) }
    }
}
