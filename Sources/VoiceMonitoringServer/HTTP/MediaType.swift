/// The media type of a `Content-Type` header, without its parameters (RFC 9110, section 8.3.1).
struct MediaType: Equatable {
    let name: String

    static let json = MediaType(name: "application/json")
    static let lines = MediaType(name: "application/x-ndjson")
    static let plainText = MediaType(name: "text/plain")

    private init(name: String) {
        self.name = name
    }

    /// None where there is no header.
    init?(_ contentType: String?) {
        guard let contentType else { return nil }
        name = contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
    }
}
