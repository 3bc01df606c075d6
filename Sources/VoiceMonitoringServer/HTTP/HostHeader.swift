import Glibc

/// The value of a `Host` header: `uri-host [ ":" port ]` (RFC 9110, section 7.2; RFC 3986, section 3.2).
enum HostHeader {
    /// Whether the text, but for space behind it, can name a host. An empty one can: it says that the target has none.
    static func isValid(_ text: String) -> Bool {
        var bytes = Array(text.utf8)
        while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { bytes.removeLast() }
        guard bytes.first == UInt8(ascii: "[") else {
            let name = bytes.prefix { $0 != UInt8(ascii: ":") }
            return isRegisteredName(name) && isPort(bytes[name.endIndex...])
        }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        return isAddress(bytes[1..<end]) && isPort(bytes[(end + 1)...])
    }

    /// Whether the text names an address, or this machine, so that no name server says where it leads.
    static func isFixed(_ text: String) -> Bool {
        if text.hasPrefix("[") { return isValid(text) }
        let name = String(text.prefix { $0 != ":" })
        var address = in_addr()
        return name == "localhost" || inet_pton(AF_INET, name, &address) == 1
    }

    /// Nothing, or a colon and any number of digits, none included.
    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        return first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy { digits.contains($0) }
    }

    /// A name or an IPv4 address, whose grammar is that of a name too.
    private static func isRegisteredName(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, rest.prefix(2).allSatisfy({ hexadecimalDigits.contains($0) }) else {
                    return false
                }
                rest = rest.dropFirst(2)
            } else if !nameCharacters.contains(byte) {
                return false
            }
        }
        return true
    }

    /// What stands between brackets: an IPv6 address, or `v`, a version and an address of the future.
    private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.first == UInt8(ascii: "v") || bytes.first == UInt8(ascii: "V") {
            let version = bytes.dropFirst().prefix { $0 != UInt8(ascii: ".") }
            let address = bytes[version.endIndex...].dropFirst()
            return !version.isEmpty && version.allSatisfy { hexadecimalDigits.contains($0) } && !address.isEmpty
                && address.allSatisfy { $0 == UInt8(ascii: ":") || nameCharacters.contains($0) }
        }
        var address = in6_addr()
        return !bytes.contains(0) && inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &address) == 1
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    private static let hexadecimalDigits = Set("0123456789abcdefABCDEF".utf8)
    /// `unreserved` and `sub-delims` of RFC 3986.
    private static let nameCharacters = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=".utf8)
}
