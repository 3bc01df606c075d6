/// The text formats in which a registry can be exposed.
public enum ExpositionFormat: String, CaseIterable, Sendable {
    /// The Prometheus text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0, which also carries units and exemplars.
    case openMetrics = "openmetrics"

    /// The `Content-Type` of the format. Source: Prometheus "Content negotiation"; OpenMetrics 1.0.0, "Protocol
    /// Negotiation".
    public var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }
}

/// What a scraper asked for and gets: the format, and the name escaping where it asked for one.
///
/// All names here are valid in every escaping, so the escaping changes the answer's `Content-Type` and nothing else.
public struct NegotiatedFormat: Equatable, Sendable {
    /// The format to answer in.
    public let format: ExpositionFormat
    private let escaping: String?

    /// The `Content-Type` of the answer.
    public var contentType: String {
        format.contentType + (escaping.map { "; escaping=\($0)" } ?? "")
    }

    /// Chooses the format that an `Accept` header weighs highest, the first of several. Without a header, and where
    /// nothing that is asked for exists, it is the text format, which everybody reads.
    public init(accept: String?) {
        var best: (offer: NegotiatedFormat, weight: Double)?
        for range in (accept ?? "").split(separator: ",") {
            let range = MediaRange(range)
            guard let offer = NegotiatedFormat(range), range.weight > best?.weight ?? 0 else { continue }
            best = (offer, range.weight)
        }
        self = best?.offer ?? NegotiatedFormat(format: .text, escaping: nil)
    }

    private init(format: ExpositionFormat, escaping: String?) {
        self.format = format
        self.escaping = escaping
    }

    /// The format that a media range names; none for one that does not exist here.
    private init?(_ range: MediaRange) {
        switch (range.type, range.parameters["version"]) {
        case ("application/openmetrics-text", nil), ("application/openmetrics-text", "1.0.0"):
            format = .openMetrics
        case ("text/plain", nil), ("text/plain", "0.0.4"), ("text/*", _), ("*/*", _):
            format = .text
        default:
            return nil
        }
        escaping = range.parameters["escaping"].flatMap { Self.escapings.contains($0) ? $0 : nil }
    }

    /// Source: Prometheus "Escaping schemes".
    private static let escapings: Set<String> = ["allow-utf-8", "underscores", "dots", "values"]
}

/// One element of an `Accept` header (RFC 9110, section 12.5.1).
private struct MediaRange {
    let type: String
    let parameters: [String: String]

    init(_ text: Substring) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
            .map { $0.filter { !$0.isWhitespace && $0 != "\"" }.lowercased() }
        type = parts.first ?? ""
        let pairs = parts.dropFirst().compactMap { part -> (String, String)? in
            let pair = part.split(separator: "=", maxSplits: 1)
            return pair.count == 2 ? (String(pair[0]), String(pair[1])) : nil
        }
        parameters = Dictionary(pairs) { first, _ in first }
    }

    /// The weight from 0 to 1; what cannot be read weighs nothing.
    var weight: Double {
        guard let text = parameters["q"] else { return 1 }
        guard let weight = Double(text), (0...1).contains(weight) else { return 0 }
        return weight
    }
}
