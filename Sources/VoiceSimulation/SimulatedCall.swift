import VoiceMonitoring

/// One call: who it is, and how it will go.
struct SimulatedCall {
    /// How a call ends.
    enum End {
        /// Somebody hangs up.
        case hangUp
        /// It breaks.
        case failure
        /// The API ends it, since it has reached its limit.
        case expiry
        /// The client is never heard of again.
        case silence
    }

    let session: String
    var end: End
    /// Whether things go wrong in it.
    let isTroubled: Bool
    /// When it connects, and when its user has enough, in milliseconds since the log begins.
    let begins: Double
    var enough: Double
    var network: SimulatedNetwork
    /// Its raw events; none where the voice server reports the marks of its turns instead.
    var conversation: SimulatedConversation?
    /// When the client was connected.
    var connected = 0.0
    var state = SessionState.active
    /// When the last of what is planned happens.
    private(set) var busyUntil = 0.0
    private var turns = 0

    init(
        _ random: inout SimulationRandom, _ conditions: SimulationConfiguration.Conditions, at milliseconds: Double
    ) {
        session = random.uuid()
        begins = milliseconds
        isTroubled = random.happens(0.04)
        end = random.weighted([(.hangUp, 0.96), (.failure, 0.02), (.silence, 0.02)])
        let duration = random.logNormal(median: Self.medianDuration, spread: 0.45)
        enough = milliseconds + min(max(duration, 20_000), Self.longest)
        let quality = random.weighted([
            (SimulatedNetwork.Quality.good, 0.85), (.fair, 0.12), (.bad, 0.03),
        ])
        network = SimulatedNetwork(conditions == .bad ? .bad : quality)
        if random.happens(Self.forwarded) { conversation = SimulatedConversation(&random) }
    }

    mutating func willBeBusy(until milliseconds: Double) {
        busyUntil = max(busyUntil, milliseconds)
    }

    /// Counts a turn and names it.
    mutating func nextTurn() -> String {
        turns += 1
        return "item_\(session.prefix(8))_\(turns)"
    }

    private static let medianDuration = 245_000.0
    private static let longest = 30 * 60_000.0
    /// The share of calls whose raw events are forwarded.
    private static let forwarded = 0.6
}
