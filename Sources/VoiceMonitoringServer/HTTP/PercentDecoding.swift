extension StringProtocol {
    /// The text with its percent-encoded bytes decoded (RFC 3986, section 2.1); none where an encoding is broken or the
    /// bytes are not UTF-8.
    var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, !digits.hasPrefix("+"), let decoded = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(decoded)
            rest.removeFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
