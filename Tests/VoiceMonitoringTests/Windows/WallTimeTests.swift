import Testing

@testable import VoiceMonitoring

@Suite struct WallTimeTests {
    @Test(arguments: [
        ("2026-01-31T12:34:56.789Z", "2026-01-31T12:34:56.789Z"),
        ("2026-01-31T12:34:56Z", "2026-01-31T12:34:56.000Z"),
        ("2026-01-31T13:34:56.5+01:00", "2026-01-31T12:34:56.500Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("2024-02-29T00:00:00.001Z", "2024-02-29T00:00:00.001Z"),
        ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00.000Z"), ("2026-03-01t00:00:00z", "2026-03-01T00:00:00.000Z"),
        ("2999-12-31T23:59:59.999+14:00", "2261-07-15T11:33:20.999Z"),
        ("2026-01-31T00:00:00.123456789123-23:59", "2026-01-31T23:59:00.123Z"),
    ])
    func `RFC 3339 is read and written in UTC with milliseconds`(text: String, expected: String) throws {
        #expect(try #require(WallTime(rfc3339: text)).rfc3339 == expected)
    }

    @Test(arguments: [
        "", "yesterday", "2026-01-31", "2026-13-31T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z", "2026-01-31T12:00:00", "2026-01-31T12:00:00Zjunk", "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00+0100", "2025-02-29T00:00:00Z", "+026-01-31T12:00:00Z",
    ])
    func `what is not RFC 3339 is refused`(text: String) {
        #expect(WallTime(rfc3339: text) == nil)
    }

    @Test func `every millisecond of a second is written as itself`() {
        for millisecond in 0..<1000 {
            let time = WallTime(nanoseconds: 1_769_862_896_000_000_000 + Int64(millisecond) * 1_000_000)
            let digits = String(millisecond + 1000).dropFirst()
            #expect(time.rfc3339 == "2026-01-31T12:34:56.\(digits)Z")
        }
    }

    @Test(arguments: [1e300, -1e300, 9.3e9, .infinity])
    func `times beyond the clock become the nearest it has`(seconds: Double) {
        #expect(WallTime(unixSeconds: seconds).nanoseconds.magnitude >= 9_000_000_000_000_000_000)
    }
}
