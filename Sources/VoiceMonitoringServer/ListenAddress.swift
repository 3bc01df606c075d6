/// A host and a port to listen on, written `127.0.0.1:9477`, `[::1]:9477` or `:9477`.
public struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
    /// The host without brackets.
    public let host: String
    /// The port; 0 lets the system choose.
    public let port: Int

    /// Reads an address. None where the text is not one.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        self.host = host.isEmpty ? "0.0.0.0" : String(host)
        self.port = Int(port)
    }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return host == "localhost" || host == "::1" || octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
    }

    /// The address in the form in which it is read.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
