import Testing

@testable import PrometheusMetrics

struct ChildTableTests {
    /// Labels that all have the same hash.
    private struct Colliding: LabelSet {
        static let labelNames = ["number"]
        var number: Int
        var labelValues: [String] { [String(number)] }

        func hash(into hasher: inout Hasher) {}
    }

    /// Labels that have bytes in memory which do not count.
    private struct Annotated: LabelSet {
        static let labelNames = ["name"]
        var name: String
        var note: Int
        var labelValues: [String] { [name] }

        static func == (one: Annotated, other: Annotated) -> Bool { one.name == other.name }
        func hash(into hasher: inout Hasher) { hasher.combine(name) }
    }

    /// Labels of less than a word in memory.
    private enum Small: UInt8, CaseIterable, LabelSet {
        case one, two, three
        static let labelNames = ["small"]
        var labelValues: [String] { [String(rawValue)] }
    }

    private func family<Labels>(_ labels: Labels.Type) throws -> Family<Labels, Counter> {
        try Registry().counter("x_total", help: "Help.", labels: labels)
    }

    @Test func `labels with equal hashes are different children`() throws {
        let family = try family(Colliding.self)
        let children = (0..<300).map { family[Colliding(number: $0)] }
        #expect(Set(children.map(ObjectIdentifier.init)).count == 300)
        for _ in 0..<3 {
            let again = (0..<300).map { family[Colliding(number: $0)] }
            #expect(zip(children, again).allSatisfy { $0 === $1 })
        }
    }

    @Test func `equal labels are one child wherever they lie in memory`() throws {
        let family = try family(Tool.self)
        let text = "a value that is too long for the inside of a string"
        let child = family[Tool(tool: text)]
        for _ in 0..<3 {
            let copy = String(decoding: Array(text.utf8), as: UTF8.self)
            #expect(family[Tool(tool: copy)] === child)
        }
        #expect(family[Tool(tool: text + ".")] !== child)
    }

    @Test func `equal labels are one child though their bytes differ`() throws {
        let family = try family(Annotated.self)
        let child = family[Annotated(name: "a", note: 0)]
        for note in 0..<1_000 { #expect(family[Annotated(name: "a", note: note)] === child) }
        #expect(family[Annotated(name: "b", note: 0)] !== child)
    }

    @Test func `small labels and no labels are found too`() throws {
        let family = try family(Small.self)
        let children = Small.allCases.map { family[$0] }
        #expect(Set(children.map(ObjectIdentifier.init)).count == 3)
        for _ in 0..<3 { #expect(zip(Small.allCases, children).allSatisfy { family[$0] === $1 }) }
        let single = try self.family(NoLabels.self)
        #expect(single[NoLabels()] === single[NoLabels()])
    }

    @Test func `thousands of children are all found again in any order`() throws {
        let family = try family(Route.self)
        let routes = (0..<5_000).map { Route(method: "\($0 % 7)", path: "/a/path/that/is/long/\($0)") }
        for (index, route) in routes.enumerated() { family[route].increment(by: UInt64(index)) }
        for (index, route) in routes.enumerated().reversed() {
            #expect(family[route].value == CounterValue(UInt64(index)))
        }
    }

    @Test func `a guess that is wrong is never believed`() {
        let lookups = RecentLookups()
        #expect(lookups[42] == 0)
        // More than fit, so that they push each other out.
        for number in 1...10_000 { lookups.note(number, for: number) }
        #expect((1...10_000).allSatisfy { [0, $0].contains(lookups[$0]) })
        #expect(lookups[10_000] == 10_000)
    }

    @Test func `fingerprints differ in every byte`() {
        let fingerprints = [(1, 2, 3), (1, 2, 4), (2, 1, 3), (0, 0, 0)] as [(UInt64, UInt32, UInt8)]
        #expect(Set(fingerprints.map { RecentLookups.fingerprint($0) }).count == 4)
    }
}
