/// The rules for names in both text formats.
///
/// Source: Prometheus exposition formats, "Comments, help text, and type information"; Prometheus data model,
/// "Metric names and labels". Names that begin or end in a way another part of the ecosystem claims are refused too:
/// a colon belongs to recording rules, a leading underscore to labels of the system itself.
enum MetricName {
    static func check(_ name: String) throws(RegistrationError) {
        guard isIdentifier(name) else {
            throw RegistrationError(.invalidName(name))
        }
    }

    static func checkLabels(_ names: [String], family: String, reserved: String?) throws(RegistrationError) {
        var seen: Set<String> = []
        for name in names {
            guard isIdentifier(name), !name.hasPrefix("_"), name != reserved else {
                throw RegistrationError(.invalidLabelName(name, family: family))
            }
            guard seen.insert(name).inserted else {
                throw RegistrationError(.duplicateLabelName(name, family: family))
            }
        }
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*`.
    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !isDigit(first) else { return false }
        return name.utf8.allSatisfy { byte in
            isDigit(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
