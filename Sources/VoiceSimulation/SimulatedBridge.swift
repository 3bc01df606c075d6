import VoiceMonitoring

/// The Amplifier bridge, which all calls share: its health over time, and the agents that run at once.
struct SimulatedBridge {
    private(set) var health: BridgeStatus.Health
    private var freeAt: [Double]
    private var waiting: [Double] = []

    /// A bridge with room for as many agents as half of the calls could ask for at once.
    init(calls: Int, _ conditions: SimulationConfiguration.Conditions) {
        health = conditions == .bad ? .unhealthy : .healthy
        freeAt = Array(repeating: 0, count: max(4, calls / 2))
    }

    /// Takes the next free place for a task. Returns when the task starts; none where it would wait too long.
    mutating func reserve(at milliseconds: Double, for duration: Double) -> Double? {
        let usable = health == .healthy ? freeAt.count : freeAt.count / 4
        let place = freeAt[..<usable].enumerated().min { $0.element < $1.element }?.offset ?? 0
        let start = max(milliseconds, freeAt[place])
        guard start - milliseconds <= Self.longestWait else { return nil }
        freeAt[place] = start + duration
        if start > milliseconds { waiting.append(start) }
        return start
    }

    /// What the bridge says of itself.
    mutating func status(at milliseconds: Double, startedAt: WallTime) -> BridgeStatus {
        waiting.removeAll { $0 <= milliseconds }
        return BridgeStatus(
            initialized: health != .unhealthy, toolsCount: 13, health: health, queueDepth: waiting.count,
            startedAt: startedAt)
    }

    /// How much longer a task takes than it should.
    var slowdown: Double { health == .healthy ? 1 : 2 }

    /// How many times as often a call fails as it should.
    var failureFactor: Double {
        switch health {
        case .healthy: 1
        case .degraded: 3
        case .unhealthy: 10
        }
    }

    /// Goes on to the next state of its health. Returns the milliseconds that it lasts.
    mutating func change(_ random: inout SimulationRandom) -> Double {
        switch health {
        case .healthy: health = .degraded
        case .degraded: health = random.happens(0.3) ? .unhealthy : .healthy
        case .unhealthy: health = .degraded
        }
        return random.exponential(mean: health == .healthy ? Self.healthySpell : Self.badSpell)
    }

    /// How long the bridge is healthy, and how long it is not, on average.
    static let healthySpell = 20 * 60_000.0, badSpell = 75_000.0

    /// How long a task waits for a place before it is given up, in milliseconds.
    static let longestWait = 120_000.0
}
