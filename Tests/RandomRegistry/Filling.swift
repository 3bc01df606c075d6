import FoundationEssentials
import PrometheusMetrics
import TestSupport

/// A registry and what went into it.
struct Filling {
    private let registry: Registry
    private let hasClock: Bool
    private var random: RandomText
    private var families: [FamilyModel] = []

    private static let created = 1_769_860_800.25

    init(seed: UInt64) {
        random = RandomText(generator: SeededGenerator(seed: seed))
        hasClock = random.chance(50)
        registry = hasClock ? Registry(createdAt: { Self.created }) : Registry()
    }

    mutating func output() throws -> Output {
        for _ in 0..<random.int(0...12) {
            do {
                try addFamily()
            } catch let error as RegistrationError {
                // Two random names may clash; anything else is a mistake of this program.
                guard case .clash = error.reason else { throw error }
            }
        }
        var expositions: [String: String] = [:]
        var sampleCounts: [String: Int] = [:]
        for format in ExpositionFormat.allCases {
            let request = ScrapeRequest(headers: [(name: "Accept", value: format.contentType)])
            let response = registry.respond(to: request)
            expositions[format.rawValue] = Data(response.body).base64EncodedString()
            sampleCounts[format.rawValue] = response.sampleCount
        }
        return Output(families: families, expositions: expositions, sampleCounts: sampleCounts)
    }

    private mutating func addFamily() throws {
        let help = random.text() + "h" + random.text()
        switch random.int(0...6) {
        case 0...1: try addCounters(random.name() + "_total", help)
        case 2...3: try addGauges(random.name(), help)
        case 4: try addInfo(random.name() + "_info", help)
        default: try addHistograms(random.name(), help)
        }
    }

    private mutating func addCounters(_ name: String, _ help: String) throws {
        let family = try registry.counter(name, help: help, labels: DynamicLabels.self)
        var model = FamilyModel(name: name, type: "counter", help: help)
        for labels in randomLabels() {
            let counter = family[try labels.dynamic]
            var value = CounterValue()
            for _ in 0..<random.int(0...3) {
                let count = UInt64(random.int(0...1_000_000_000))
                counter.increment(by: count)
                value.increment(by: count)
                guard random.chance(50) else { continue }
                let amount = random.amount()
                counter.add(amount)
                value.add(amount)
            }
            model.children.append(
                ChildModel(
                    labels: labels, value: value.value.bitPattern, created: hasClock ? Self.created : nil))
        }
        families.append(model)
    }

    private mutating func addGauges(_ name: String, _ help: String) throws {
        var model = FamilyModel(name: name, type: "gauge", help: help)
        var values: [DynamicLabels: Double] = [:]
        for labels in randomLabels() {
            let value = random.number()
            values[try labels.dynamic] = value
            model.children.append(ChildModel(labels: labels, value: value.bitPattern))
        }
        if random.chance(50) {
            let family = try registry.gauge(name, help: help, labels: DynamicLabels.self)
            for (labels, value) in values { family[labels].set(value) }
        } else {
            try registry.gauge(name, help: help, labels: DynamicLabels.self) { [values] in values }
        }
        families.append(model)
    }

    private mutating func addInfo(_ name: String, _ help: String) throws {
        let labels = randomLabels()[0]
        try registry.info(name, help: help, try labels.dynamic)
        families.append(
            FamilyModel(
                name: name, type: "info", help: help,
                children: [ChildModel(labels: labels, value: (1.0).bitPattern)]))
    }

    private mutating func addHistograms(_ name: String, _ help: String) throws {
        let bounds = Set((0..<random.int(0...20)).map { _ in random.chance(90) ? random.amount() : -random.amount() })
        let classic = bounds.isEmpty ? nil : try Buckets(bounds.sorted())
        let isNative = classic == nil || random.chance(50)
        let buckets = classic.map { isNative ? .native(beside: $0) : $0 } ?? .native
        let family = try registry.histogram(name, help: help, labels: DynamicLabels.self, buckets: buckets)
        var model = FamilyModel(
            name: name, type: "histogram", help: help, bounds: buckets.bounds, isNative: isNative)
        for labels in randomLabels() { model.children.append(try observe(family[try labels.dynamic], labels)) }
        families.append(model)
    }

    private mutating func observe(_ histogram: Histogram, _ labels: [String: String]) throws -> ChildModel {
        var child = ChildModel(
            labels: labels, observations: [], exemplars: [], created: hasClock ? Self.created : nil)
        for _ in 0..<random.int(0...60) {
            let value = random.observation()
            var exemplar: ExemplarModel?
            if random.chance(10) {
                let pairs = [random.name(): random.text(longest: 4)]
                exemplar = ExemplarModel(
                    labels: pairs.filter { !$0.value.isEmpty }, value: value.bitPattern,
                    time: Self.created + Double(random.int(0...1_000)))
                histogram.observe(
                    value,
                    exemplar: Exemplar(try pairs.dynamic, value: value, unixSeconds: exemplar?.time ?? 0))
            } else {
                histogram.observe(value)
            }
            child.observations?.append(value.bitPattern)
            child.exemplars?.append(exemplar)
        }
        return child
    }

    /// The labels of some children, all with the same names and no two alike.
    private mutating func randomLabels() -> [[String: String]] {
        let names = Set((0..<random.int(0...3)).map { _ in random.name(first: "abcxyz") }).subtracting(["le"]).sorted()
        var children: Set<[String: String]> = []
        for _ in 0..<random.int(1...6) {
            var labels: [String: String] = [:]
            for name in names { labels[name] = random.chance(85) ? random.text() : "" }
            // An empty value is an absent label.
            children.insert(labels.filter { !$0.value.isEmpty })
        }
        return children.sorted { $0.sorted { $0 < $1 }.description < $1.sorted { $0 < $1 }.description }
    }
}

extension [String: String] {
    /// The labels as a family takes them.
    fileprivate var dynamic: DynamicLabels {
        get throws { try DynamicLabels(map { LabelPair(name: $0.key, value: $0.value) }) }
    }
}
