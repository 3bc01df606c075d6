import Glibc

/// The time in the `Date` header (RFC 9110, section 5.6.7).
enum HTTPDate {
    /// The time as `Sat, 31 Jan 2026 12:34:56 GMT`.
    static func text(unixSeconds: Int) -> String {
        var seconds = time_t(unixSeconds)
        var utc = tm()
        gmtime_r(&seconds, &utc)
        return String(unsafeUninitializedCapacity: 64) { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                // Nobody sets a locale in this process, so that the names are English.
                text.baseAddress.map { strftime($0, text.count, "%a, %d %b %Y %H:%M:%S GMT", &utc) } ?? 0
            }
        }
    }
}
