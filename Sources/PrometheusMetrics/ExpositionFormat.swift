/// The formats in which a registry can be exposed.
public enum ExpositionFormat: String, CaseIterable, Sendable {
    /// The Prometheus text format 0.0.4.
    case text
    /// OpenMetrics 1.0.0, which also carries units and exemplars.
    case openMetrics = "openmetrics"
    /// Length-delimited Protocol Buffers, `io.prometheus.client.MetricFamily`: the one format that carries native
    /// histograms.
    case protobuf

    /// The `Content-Type` of the format. Source: Prometheus "Content negotiation"; OpenMetrics 1.0.0, "Protocol
    /// Negotiation".
    public var contentType: String {
        "\(essence.type)/\(essence.subtype); "
            + (self == .protobuf
                ? "proto=io.prometheus.client.MetricFamily; encoding=delimited"
                : "version=\(essence.version); charset=utf-8")
    }

    fileprivate var essence: (type: String, subtype: String, version: String) {
        switch self {
        case .text: ("text", "plain", "0.0.4")
        case .openMetrics: ("application", "openmetrics-text", "1.0.0")
        case .protobuf: ("application", "vnd.google.protobuf", "")
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

    /// Chooses the format that an `Accept` header weighs highest. The weight of a format is that of the most specific
    /// range that covers it (RFC 9110, section 12.5.1); of equal ones the first counts, and what a wildcard leaves open
    /// is text. Without a header, and where nothing that is asked for exists, it is the text format, which everybody
    /// reads.
    public init(accept: String?) {
        let ranges = (accept ?? "").split(separator: ",").map { MediaRange($0) }
        var best: (format: ExpositionFormat, position: Int, weight: Double)?
        for format in ExpositionFormat.allCases {
            guard let position = ranges.mostSpecificPosition(of: format), ranges[position].weight > 0 else { continue }
            let weight = ranges[position].weight
            let isBetter = best.map { weight > $0.weight || weight == $0.weight && position < $0.position } ?? true
            if isBetter { best = (format, position, weight) }
        }
        format = best?.format ?? .text
        escaping = best.flatMap { ranges[$0.position].parameters["escaping"] }
            .flatMap { Self.escapings.contains($0) ? $0 : nil }
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

    /// How exactly the range covers a format: 1 for everything, 2 for a type, 3 for a subtype, more with its version;
    /// none where it does not.
    func specificity(for format: ExpositionFormat) -> Int? {
        let essence = format.essence
        switch type {
        case "*/*": return 1
        case essence.type + "/*": return 2
        case essence.type + "/" + essence.subtype where format == .protobuf:
            // There are other messages, and other ways to write them one after the other.
            let isOurs =
                parameters["proto"] == "io.prometheus.client.metricfamily" && parameters["encoding"] == "delimited"
            return isOurs ? 4 : nil
        case essence.type + "/" + essence.subtype:
            guard let version = parameters["version"] else { return 3 }
            return version == essence.version ? 4 : nil
        default: return nil
        }
    }

    /// The weight from 0 to 1; what cannot be read weighs nothing.
    var weight: Double {
        guard let text = parameters["q"] else { return 1 }
        guard let weight = Double(text), (0...1).contains(weight) else { return 0 }
        return weight
    }
}

extension [MediaRange] {
    /// The position of the range that covers a format most exactly; of equal ones that which weighs more, then the
    /// first.
    fileprivate func mostSpecificPosition(of format: ExpositionFormat) -> Int? {
        var best: (position: Int, specificity: Int)?
        for (position, range) in enumerated() {
            guard let specificity = range.specificity(for: format) else { continue }
            if let best, (specificity, range.weight) <= (best.specificity, self[best.position].weight) { continue }
            best = (position, specificity)
        }
        return best?.position
    }
}
