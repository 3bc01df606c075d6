import TestSupport
import Testing

@testable import PrometheusMetrics

struct NumberTextTests {
    // What Go's strconv.FormatFloat(value, 'g', -1, 64) prints.
    private static let floats: [(Double, String)] = [
        (0, "0"), (-0.0, "-0"), (1, "1"), (-1, "-1"), (9, "9"), (10, "10"), (42, "42"), (100000.0, "100000"),
        (999999, "999999"), (-999999, "-999999"), (999999.5, "999999.5"), (999999.9999999999, "999999.9999999999"),
        (1e6, "1e+06"), (-1e6, "-1e+06"), (1_000_001, "1.000001e+06"), (1234567.0, "1.234567e+06"),
        (1234567.5, "1.2345675e+06"), (1e7, "1e+07"), (12_000_000, "1.2e+07"), (1e9, "1e+09"), (1e10, "1e+10"),
        (1_760_000_000.125, "1.760000000125e+09"), (9_007_199_254_740_991, "9.007199254740991e+15"),
        (9_007_199_254_740_992, "9.007199254740992e+15"), (9_007_199_254_740_994, "9.007199254740994e+15"),
        (12_345_678_901_234_568, "1.2345678901234568e+16"), (18_014_398_509_481_984, "1.8014398509481984e+16"),
        (1e16, "1e+16"), (1e21, "1e+21"), (1e22, "1e+22"), (1e23, "1e+23"), (1e99, "1e+99"), (1e100, "1e+100"),
        (1.5e300, "1.5e+300"), (1.7976931348623157e308, "1.7976931348623157e+308"),
        (-1.7976931348623157e308, "-1.7976931348623157e+308"),
        (0.5, "0.5"), (0.1, "0.1"), (-0.1, "-0.1"), (0.3, "0.3"), (0.1 + 0.2, "0.30000000000000004"),
        (1.0 / 3, "0.3333333333333333"), (2.0 / 3, "0.6666666666666666"), (1.5, "1.5"), (10.5, "10.5"),
        (100.25, "100.25"), (123456.789, "123456.789"), (0.05, "0.05"), (0.001, "0.001"), (0.0025, "0.0025"),
        (0.0001, "0.0001"), (-0.0001, "-0.0001"), (0.00012345, "0.00012345"), (0.00001, "1e-05"),
        (-0.00001, "-1e-05"), (0.000099999, "9.9999e-05"), (0.000012345, "1.2345e-05"), (1e-9, "1e-09"),
        (1e-10, "1e-10"), (1e-99, "1e-99"), (1e-100, "1e-100"), (2.2250738585072014e-308, "2.2250738585072014e-308"),
        (Double.leastNormalMagnitude.nextDown, "2.225073858507201e-308"), (.leastNonzeroMagnitude, "5e-324"),
        (-.leastNonzeroMagnitude, "-5e-324"),
        (2 * Double.leastNonzeroMagnitude, "1e-323"), (.nan, "NaN"), (-.nan, "NaN"), (.signalingNaN, "NaN"),
        (.infinity, "+Inf"),
        (-.infinity, "-Inf"),
    ]

    @Test(arguments: floats)
    func `a float prints in the shortest form of Go`(value: Double, text: String) {
        #expect(appended { NumberText.append(value, to: &$0) } == text)
    }

    private static let integers: [(UInt64, String)] = [
        (0, "0"), (1, "1"), (9, "9"), (10, "10"), (99, "99"), (100, "100"), (101, "101"), (1_000_000, "1000000"),
        (9_007_199_254_740_993, "9007199254740993"), (10_000_000_000_000_000_000, "10000000000000000000"),
        (UInt64.max, "18446744073709551615"),
    ]

    @Test(arguments: integers)
    func `an integer prints all its digits and no point`(value: UInt64, text: String) {
        #expect(appended { NumberText.append(value, to: &$0) } == text)
    }

    private static let bounds: [(Double, String)] = [
        (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1, "-1.0"), (10, "10.0"), (-250, "-250.0"), (100000, "100000.0"),
        (999999, "999999.0"), (0.5, "0.5"), (-0.5, "-0.5"), (2.5, "2.5"), (0.0001, "0.0001"), (1e-05, "1e-05"),
        (1e6, "1e+06"), (-1e6, "-1e+06"), (1234567, "1.234567e+06"), (1e23, "1e+23"), (.infinity, "+Inf"),
    ]

    @Test(arguments: bounds)
    func `a bound has a point or an exponent unless it is infinite`(bound: Double, text: String) {
        #expect(appended { NumberText.appendBound(bound, to: &$0) } == text)
    }

    @Test func `numbers are appended to what is there already`() {
        let text = appended { bytes in
            for value in [12.0, 0.25, 1e6] { NumberText.append(value, to: &bytes) }
            NumberText.append(UInt64(907), to: &bytes)
            NumberText.appendBound(12, to: &bytes)
            NumberText.appendBound(3, to: &bytes)
        }
        #expect(text == "120.251e+0690712.03.0")
    }

    /// Numbers of every size.
    private static let random: [Double] = {
        var generator = SeededGenerator(seed: 1)
        return (0..<1_100_000).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    }()

    /// Numbers of the sizes that are usually measured.
    private static let everyday: [Double] = {
        var generator = SeededGenerator(seed: 2)
        return (0..<50_000).flatMap { _ in
            [
                Double(Int.random(in: -9_999_999...9_999_999, using: &generator)) / 1000,
                Double.random(in: -2...2, using: &generator),
                Double.random(in: 1e5...1e20, using: &generator).rounded(),
            ]
        }
    }()

    /// Every power of ten and its neighbours.
    private static let powers: [Double] = (-323...308).compactMap { Double("1e\($0)") }.flatMap {
        [$0.nextDown, $0, $0.nextUp]
    }

    @Test func `numbers read back to the same bits`() {
        #expect(Self.random.count > 1_000_000)
        #expect(Self.powers.count == 3 * 632)
        let wrong = (Self.random + Self.everyday + Self.powers).filter { value in
            appended { NumberText.append(value, to: &$0) }.flatMap(Double.init)?.bitPattern != value.bitPattern
        }
        #expect(wrong == [])
    }

    @Test func `numbers have an exponent where Go has one, and no needless zeros`() {
        let plain = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?/
        let scientific = /-?[1-9](?:\.[0-9]*[1-9])?e[+-](?:[0-9]{2}|[1-9][0-9]{2})/
        let wrong = (Self.random.prefix(2_000) + Self.everyday.prefix(2_000) + Self.powers).filter { value in
            let form = value == 0 || (1e-4..<1e6).contains(value.magnitude) ? plain : scientific
            return appended { NumberText.append(value, to: &$0) }?.wholeMatch(of: form) == nil
        }
        #expect(wrong == [])
    }
}
