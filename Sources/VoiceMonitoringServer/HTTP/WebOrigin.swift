/// The origin of a web page, as browsers write it in `Origin`: scheme, host, and a port that is not the scheme's own
/// (RFC 6454, section 6.2).
public struct WebOrigin: Hashable, Sendable {
    /// Such as `https://voice.example` or `http://localhost:5173`.
    public let text: String

    /// Reads an origin.
    ///
    /// - Returns: None for what no browser sends: another scheme, capitals, a path or a slash at the end, the port that
    ///   the scheme has anyway.
    public init?(_ text: String) {
        guard let (scheme, port) = [("https://", ":443"), ("http://", ":80")].first(where: { text.hasPrefix($0.0) })
        else { return nil }
        let host = text.dropFirst(scheme.count)
        guard !host.isEmpty, HostHeader.isValid(String(host)), !host.hasSuffix(port), text == text.lowercased() else {
            return nil
        }
        self.text = text
    }
}
