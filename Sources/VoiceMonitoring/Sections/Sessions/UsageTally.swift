import PrometheusMetrics

/// What sessions use and what it costs, as far as that is known.
struct UsageTally: Codable, Sendable {
    /// What is used of one kind.
    struct TokenKey: Hashable, Codable, Sendable {
        var use: UsageKind
        var kind: TokenUsage.Kind
    }

    /// What was spent in a slot.
    struct Spending: WindowSlot {
        private(set) var dollars = 0.0
        private(set) var priced = 0

        mutating func add(_ dollars: Double) {
            self.dollars += dollars
            priced += 1
        }

        mutating func merge(_ other: Spending) {
            dollars += other.dollars
            priced += other.priced
        }

        /// US dollars; none where nothing was used that has a price.
        var known: Double? { priced == 0 ? nil : dollars }
    }

    private(set) var tokens: [TokenKey: CounterValue] = Dictionary(
        uniqueKeysWithValues: UsageTally.knownKeys.map { ($0, CounterValue()) })
    private(set) var tokensLastHour = SlidingWindow<CountsByKey<TokenKey>>.lastHour
    private(set) var transcribedSeconds = CounterValue()
    private(set) var dollars: [UsageKind: CounterValue] = [:]
    private(set) var spentLastFiveMinutes = SlidingWindow<Spending>.lastFiveMinutes
    private(set) var unpriced = CountedByKey<PricedUsage.Unpriced>()
    private(set) var unpricedUses: Set<UsageKind> = []
    /// US dollars of sessions that ended and whose cost is known.
    private(set) var sessionCostsLastDay = SlidingWindow<Mean>.lastDay
    private(set) var sessionCosts = HistogramValue(UsageFamilies.sessionCostBuckets)

    mutating func take(_ usage: PricedUsage, at now: MonotonicTime) {
        switch usage.amount {
        case .tokens(let used):
            for (kind, count) in used.tokens {
                let key = TokenKey(use: usage.use, kind: kind)
                tokens[key, default: CounterValue()].increment(by: UInt64(count))
                tokensLastHour.update(at: now) { $0.count(key, by: count) }
            }
        case .seconds(let seconds):
            transcribedSeconds.add(seconds)
        }
        switch usage.cost {
        case .known(let cost):
            dollars[usage.use, default: CounterValue()].add(cost)
            spentLastFiveMinutes.update(at: now) { $0.add(cost) }
        case .unknown(let reason):
            unpriced.count(reason, at: now)
            unpricedUses.insert(usage.use)
        }
    }

    mutating func take(_ session: EndedSession, at now: MonotonicTime) {
        guard let dollars = session.cost.dollars else { return }
        sessionCosts.observe(dollars)
        sessionCostsLastDay.update(at: now) { $0.add(dollars) }
    }

    /// US dollars since the start; none where nothing was used that has a price.
    var totalDollars: Double? {
        dollars.isEmpty ? nil : dollars.values.reduce(0) { $0 + $1.value }
    }

    /// The counters of cost. One is left out where the cost of all that was used is unknown: 0 would be a lie.
    var costs: [UsageKind: CounterValue] {
        Dictionary(
            uniqueKeysWithValues: UsageKind.allCases.compactMap { use in
                dollars[use].map { (use, $0) } ?? (unpricedUses.contains(use) ? nil : (use, CounterValue()))
            })
    }

    /// What usages are known to consist of.
    private static let knownKeys: [TokenKey] = {
        let response: [TokenUsage.Kind] = [
            .init(.input, .text), .init(.input, .text, .cached), .init(.input, .audio), .init(.input, .audio, .cached),
            .init(.input, .image), .init(.input, .image, .cached), .init(.output, .text), .init(.output, .audio),
        ]
        let transcription: [TokenUsage.Kind] = [.init(.input, .text), .init(.input, .audio), .init(.output, .text)]
        return response.map { TokenKey(use: .response, kind: $0) }
            + transcription.map { TokenKey(use: .transcription, kind: $0) }
    }()
}
