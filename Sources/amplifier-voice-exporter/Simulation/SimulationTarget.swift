import FoundationEssentials

/// The exporter that a simulation is sent to, as a URL: `http://host:port`, with the path of a proxy if there is one.
struct SimulationTarget {
    let host: String
    let port: Int
    let path: String

    /// Reads a URL. None where it is not one of plain HTTP.
    init?(_ text: String) {
        guard let url = URL(string: text), url.scheme?.lowercased() == "http", let host = url.host(), !host.isEmpty,
            url.query() == nil, url.fragment() == nil, url.user() == nil
        else { return nil }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        guard let port = url.port ?? (Self.namesPort(text) ? nil : 80), (1...65_535).contains(port) else { return nil }
        self.port = port
        let path = url.path()
        self.path = (path.hasSuffix("/") ? String(path.dropLast()) : path) + "/api/events"
    }

    /// Whether something stands in the place of the port; the library says of a number too large that there is none.
    private static func namesPort(_ url: String) -> Bool {
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" }
        return authority.split(separator: "]").last?.contains(":") ?? false
    }

    /// The `Host` of a request.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
