import FoundationEssentials

/// What models cost, as of a date: US dollars for a million tokens by direction, modality and cached or not, or for a
/// minute of audio.
///
/// In JSON it is `{"as_of": "2026-11-23", "models": {"gpt-realtime": {"audio_input": 32, …}}}`. A price that is missing
/// is unknown, and so is what would be billed by it.
public struct PriceTable: Codable, Equatable, Sendable {
    /// What is priced.
    enum Item: String, CaseIterable {
        case textInput = "text_input"
        case cachedTextInput = "cached_text_input"
        case textOutput = "text_output"
        case audioInput = "audio_input"
        case cachedAudioInput = "cached_audio_input"
        case audioOutput = "audio_output"
        case imageInput = "image_input"
        case cachedImageInput = "cached_image_input"
        case audioMinute = "audio_minute"
    }

    /// When these were the prices, as a date.
    public let asOf: String
    /// Where they come from, for people.
    public let source: String?
    private let models: [String: [String: Double]]

    /// The models that have prices.
    public var modelNames: [String] { models.keys.sorted() }

    /// The table that comes with the program.
    public static let bundled: PriceTable = {
        let path = "Prices/prices.json"
        do {
            guard let file = EmbeddedFile.all.first(where: { "\($0.path)" == path }) else {
                fatalError("The build embeds no \(path).")
            }
            return try PriceTable(json: Data("\(file.text)".utf8))
        } catch {
            fatalError("\(path): \(error)")
        }
    }()

    /// Reads a table.
    ///
    /// - Throws: `PriceTableError`, which names what is wrong, or `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        asOf = try container.decode(String.self, forKey: .asOf)
        source = try container.decodeIfPresent(String.self, forKey: .source)
        models = try container.decode([String: [String: Double]].self, forKey: .models)
        for (model, prices) in models {
            for (item, price) in prices {
                guard Item(rawValue: item) != nil else {
                    throw PriceTableError(model, item, "is nothing that is priced")
                }
                guard price >= 0, price.isFinite else { throw PriceTableError(model, item, "must not be negative") }
            }
        }
    }

    private init(json: Data) throws {
        self = try JSONDecoder().decode(PriceTable.self, from: json)
    }

    enum CodingKeys: String, CodingKey {
        case asOf = "as_of"
        case source, models
    }

    /// What a usage costs on a model, in US dollars; none where a price is unknown, or the usage does not say what it
    /// is of.
    func dollars(for usage: TokenUsage, on model: String) -> Double? {
        guard let prices = prices(of: model) else { return nil }
        var counts: [Item: Int] = [:]
        for (kind, count) in usage.tokens {
            guard let item = Item(kind), prices[item.rawValue] != nil else { return nil }
            counts[item, default: 0] += count
        }
        // In the order of the items, so that the same tokens always cost the same to the last digit.
        return Item.allCases.reduce(0) { sum, item in
            sum + Double(counts[item] ?? 0) * (prices[item.rawValue] ?? 0) / 1e6
        }
    }

    /// What seconds of audio cost on a model, in US dollars; none where the price is unknown.
    func dollars(forSeconds seconds: Double, on model: String) -> Double? {
        prices(of: model)?[Item.audioMinute.rawValue].map { $0 * seconds / 60 }
    }

    /// The model's name in the table: its own, or without the date of its snapshot.
    func name(of model: String) -> String? {
        if models[model] != nil { return model }
        let name = model.withoutSnapshotDate
        return models[name] == nil ? nil : name
    }

    private func prices(of model: String) -> [String: Double]? {
        name(of: model).flatMap { models[$0] }
    }
}

/// Why a table of prices was refused.
public struct PriceTableError: Error, CustomStringConvertible {
    /// What is wrong, with the model and the item.
    public let description: String

    init(_ model: String, _ item: String, _ problem: String) {
        description = "models.\(model).\(item) \(problem)."
    }
}

extension PriceTable.Item {
    /// None for tokens of which it is not known what they are.
    init?(_ kind: TokenUsage.Kind) {
        switch (kind.direction, kind.modality, kind.caching) {
        case (.input, .text, .uncached): self = .textInput
        case (.input, .text, .cached): self = .cachedTextInput
        case (.output, .text, _): self = .textOutput
        case (.input, .audio, .uncached): self = .audioInput
        case (.input, .audio, .cached): self = .cachedAudioInput
        case (.output, .audio, _): self = .audioOutput
        case (.input, .image, .uncached): self = .imageInput
        case (.input, .image, .cached): self = .cachedImageInput
        default: return nil
        }
    }
}

extension String {
    /// The name of a model without `-2025-08-28`.
    fileprivate var withoutSnapshotDate: String {
        let date = suffix(11)
        let isDate = date.enumerated().allSatisfy { position, character in
            [0, 5, 8].contains(position) ? character == "-" : character.isASCII && character.isNumber
        }
        return date.count == 11 && isDate ? String(dropLast(11)) : self
    }
}
