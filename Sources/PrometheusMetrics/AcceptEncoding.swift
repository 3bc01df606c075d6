/// What an `Accept-Encoding` header asks for (RFC 9110, section 12.5.3).
package enum AcceptEncoding {
    /// Whether gzip is wanted: named, or covered by `*`, with a weight above zero and not below that of identity.
    package static func wantsGzip(_ header: String?) -> Bool {
        var weights: [String: Double] = [:]
        for item in (header ?? "").split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let coding = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            weights[coding] = weight ?? 1
        }
        let gzip = weights["gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }
}
