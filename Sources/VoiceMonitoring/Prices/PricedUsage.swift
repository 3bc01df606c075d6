/// What was used, with what it costs.
struct PricedUsage: Sendable {
    /// Why a cost is unknown.
    enum Unpriced: String, CaseIterable, Codable, CodingKeyRepresentable {
        /// Nobody said which model it was.
        case unknownModel = "unknown_model"
        /// The table has no price for it.
        case noPrice = "no_price"
        /// The usage does not say what it is of, or how much of it was cached.
        case unknownTokens = "unknown_tokens"
    }

    enum Cost: Sendable {
        case known(dollars: Double)
        case unknown(Unpriced)
    }

    let use: UsageKind
    let amount: UsageFinding.Amount
    let cost: Cost

    init(_ usage: UsageFinding, _ prices: PriceTable) {
        use = usage.use
        amount = usage.amount
        cost = Cost(usage, prices)
    }

    /// US dollars; none where they are unknown.
    var dollars: Double? {
        guard case .known(let dollars) = cost else { return nil }
        return dollars
    }
}

extension PricedUsage.Cost {
    init(_ usage: UsageFinding, _ prices: PriceTable) {
        guard let model = usage.model else {
            self = .unknown(.unknownModel)
            return
        }
        let dollars: Double?
        switch usage.amount {
        case .tokens(let tokens):
            guard tokens.tokens.keys.allSatisfy({ PriceTable.Item($0) != nil }) else {
                self = .unknown(.unknownTokens)
                return
            }
            dollars = prices.dollars(for: tokens, on: model)
        case .seconds(let seconds):
            dollars = prices.dollars(forSeconds: seconds, on: model)
        }
        self = dollars.map { .known(dollars: $0) } ?? .unknown(.noPrice)
    }
}

/// What a session costs so far.
struct SessionCost: Codable, Sendable {
    private var known = 0.0
    private var usages = 0
    private var unpriced = 0

    mutating func add(_ dollars: Double?) {
        usages += 1
        if let dollars { known += dollars } else { unpriced += 1 }
    }

    mutating func merge(_ other: SessionCost) {
        known += other.known
        usages += other.usages
        unpriced += other.unpriced
    }

    /// US dollars; none where nothing was used, or the cost of a part is unknown.
    var dollars: Double? { usages == 0 || unpriced > 0 ? nil : known }
}
