/// Tokens by direction, modality and cached or not. Cached tokens are a subset of the input, and are counted once here.
public struct TokenUsage: Equatable, Sendable {
    /// Which way tokens went.
    public enum Direction: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// To the model.
        case input
        /// From the model.
        case output
    }

    /// What tokens are of.
    public enum Modality: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
        /// Text.
        case text
        /// Audio.
        case audio
        /// Images.
        case image
        /// The usage does not say.
        case unknown
    }

    /// Whether tokens were cached.
    public enum Caching: String, Codable, Sendable {
        /// They were.
        case cached = "true"
        /// They were not.
        case uncached = "false"
        /// The usage does not say.
        case unknown
    }

    /// What is counted apart.
    public struct Kind: Hashable, Codable, Sendable {
        /// Which way they went.
        public var direction: Direction
        /// What they are of.
        public var modality: Modality
        /// Whether they were cached.
        public var caching: Caching

        /// Creates a kind.
        public init(_ direction: Direction, _ modality: Modality, _ caching: Caching = .uncached) {
            self.direction = direction
            self.modality = modality
            self.caching = caching
        }
    }

    /// The tokens; a kind of which there are none is left out.
    public private(set) var tokens: [Kind: Int] = [:]

    /// Creates a usage without tokens.
    public init() {}

    /// Adds tokens.
    public mutating func add(_ count: Int, _ kind: Kind) {
        guard count > 0 else { return }
        tokens[kind, default: 0] += count
    }
}

extension TokenUsage {
    /// What an object of the API says of the tokens that went one way.
    struct Reading {
        /// All of them.
        var total: Int?
        /// All of each modality, cached ones included.
        var gross: [Modality: Int] = [:]
        /// Cached ones, over all modalities.
        var cached: Int?
        /// Cached ones of each modality.
        var cachedByModality: [Modality: Int]?
    }

    /// Adds what is told, and what is not told as unknown: a guess would be billed at another price.
    mutating func add(_ reading: Reading, _ direction: Direction) {
        let modalities = reading.gross.filter { $0.value > 0 }
        for (modality, gross) in modalities {
            if let cachedByModality = reading.cachedByModality {
                addSplit(gross, cached: cachedByModality[modality] ?? 0, direction, modality)
            } else if modalities.count == 1 || (reading.cached ?? 0) == 0 {
                addSplit(gross, cached: reading.cached ?? 0, direction, modality)
            } else {
                add(gross, Kind(direction, modality, .unknown))
            }
        }
        let untold = (reading.total ?? 0) - modalities.values.reduce(0, +)
        add(untold, Kind(direction, .unknown, direction == .input ? .unknown : .uncached))
    }

    private mutating func addSplit(_ gross: Int, cached: Int, _ direction: Direction, _ modality: Modality) {
        let cached = min(max(cached, 0), gross)
        add(cached, Kind(direction, modality, .cached))
        add(gross - cached, Kind(direction, modality, .uncached))
    }
}
