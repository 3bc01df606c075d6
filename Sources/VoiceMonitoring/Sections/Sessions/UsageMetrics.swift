/// The tokens and the money of the sessions section in JSON. Money is in US dollars; a cost that is unknown is in none
/// of it, but counted.
public struct UsageMetrics: Encodable, Sendable {
    /// Tokens of responses in one direction, in the last hour.
    public struct Tokens: Encodable, Sendable {
        /// By modality, cached ones included.
        public let byModality: [TokenUsage.Modality: Int]
        /// Those that were cached; output never is.
        public let cached: Int

        init(_ tokens: CountsByKey<UsageTally.TokenKey>, _ direction: TokenUsage.Direction) {
            let counts = tokens.counts.filter { $0.key.use == .response && $0.key.kind.direction == direction }
            byModality = TokenUsage.Modality.allCases.reduce(into: [:]) { sums, modality in
                sums[modality] = counts.reduce(0) { $1.key.kind.modality == modality ? $0 + $1.value : $0 }
            }
            cached = counts.reduce(0) { $1.key.kind.caching == .cached ? $0 + $1.value : $0 }
        }

        /// All of them.
        var total: Int { byModality.values.reduce(0, +) }

        enum CodingKeys: String, CodingKey {
            case cached
            case byModality = "by_modality"
        }
    }

    /// Tokens to the model.
    public let inputLastHour: Tokens
    /// Tokens from the model.
    public let outputLastHour: Tokens
    /// The share of the input of the last hour that was cached, from 0 to 1.
    @Nullable public private(set) var cacheHitRatio: Double?
    /// Cost since the start.
    @Nullable public private(set) var costTotal: Double?
    /// Cost for each minute, of the last five.
    @Nullable public private(set) var costPerMinute: Double?
    /// Mean cost of the sessions that ended in the last 24 hours and whose whole cost is known.
    @Nullable public private(set) var costPerSession: Double?
    /// Responses and transcriptions since the start whose cost is unknown.
    public let unpricedCount: Int
    /// The same in the last hour, by reason.
    let unpricedLastHour: [PricedUsage.Unpriced: Int]
    /// The date of the prices.
    public let pricesAsOf: String

    init(_ snapshot: MonitorSnapshot) {
        let usage = snapshot.state.sessions.usage
        let now = snapshot.now.monotonic
        let tokens = usage.tokensLastHour.merged(at: now)
        inputLastHour = Tokens(tokens, .input)
        outputLastHour = Tokens(tokens, .output)
        unpricedCount = usage.unpriced.total.total
        unpricedLastHour = usage.unpriced.recent.merged(at: now).all
        pricesAsOf = snapshot.configuration.prices.asOf
        cacheHitRatio = inputLastHour.total == 0 ? nil : Double(inputLastHour.cached) / Double(inputLastHour.total)
        costTotal = usage.totalDollars
        costPerMinute = usage.spentLastFiveMinutes.merged(at: now).known.map {
            $0 / usage.spentLastFiveMinutes.length.minutes
        }
        costPerSession = usage.sessionCostsLastDay.merged(at: now).value
    }

    enum CodingKeys: String, CodingKey {
        case inputLastHour = "input_last_hour"
        case outputLastHour = "output_last_hour"
        case cacheHitRatio = "cache_hit_ratio"
        case costTotal = "cost_total_usd"
        case costPerMinute = "cost_per_minute_usd"
        case costPerSession = "cost_per_session_usd"
        case unpricedCount = "unpriced_count"
        case unpricedLastHour = "unpriced_last_hour"
        case pricesAsOf = "prices_as_of"
    }
}
