import FoundationEssentials
import PrometheusMetrics

/// Fills a registry at random for each seed on standard input, and prints what went in beside what comes out in each
/// format, so that independent parsers can be compared with it.
@main
struct RandomRegistry {
    static func main() throws {
        let encoder = JSONEncoder()
        while let line = readLine() {
            guard let seed = UInt64(line) else { continue }
            var filling = Filling(seed: seed)
            let output = try filling.output()
            print(String(decoding: try encoder.encode(output), as: UTF8.self))
        }
    }
}

/// What went in and what came out.
struct Output: Encodable {
    let families: [FamilyModel]
    /// The exposition in each format; bytes in base 64.
    let expositions: [String: String]
    let sampleCounts: [String: Int]
}

/// What one family is meant to show.
struct FamilyModel: Encodable {
    let name: String
    let type: String
    let help: String
    /// The bounds of a histogram's classic buckets.
    var bounds: [Double]?
    /// Whether a histogram has native buckets.
    var isNative: Bool?
    var children: [ChildModel] = []
}

/// What one child is meant to show.
struct ChildModel: Encodable {
    let labels: [String: String]
    /// The bits of the value, since JSON has not all numbers.
    var value: UInt64?
    /// The bits of what a histogram observed, in this order.
    var observations: [UInt64]?
    /// For each observation its exemplar, where it has one.
    var exemplars: [ExemplarModel?]?
    var created: Double?
}

/// One exemplar.
struct ExemplarModel: Encodable {
    let labels: [String: String]
    let value: UInt64
    let time: Double
}
