import CZlib
import NIOCore

/// An embedded file as it is sent: compressed once, with the tag that names its content.
struct ServedFile: Sendable {
    /// Its path within its folder.
    let path: String
    let contentType: String
    let plain: ByteBuffer
    let compressed: ByteBuffer
    /// The checksum of its content.
    let checksum: UInt

    /// None for a file of a kind that is not served as it is.
    init?(path: String, text: StaticString) throws {
        guard let contentType = Self.contentTypes[path.split(separator: ".").last ?? ""] else { return nil }
        try self.init(path, contentType, path.hasSuffix(".py") ? "\(text)" : Self.withoutComments(text))
    }

    /// The same file with another text.
    func replacing(text: String) throws -> ServedFile {
        try ServedFile(path, contentType, text)
    }

    private init(_ path: String, _ contentType: String, _ text: String) throws {
        self.path = path
        self.contentType = contentType
        plain = ByteBuffer(string: text)
        let bytes = Array(plain.readableBytesView)
        compressed = try Gzip.compress(bytes, level: .best)
        checksum = crc32(0, bytes, UInt32(bytes.count))
    }

    /// The text without indentation, empty lines and lines that are comments as a whole: a quarter less to send. No
    /// line of the dashboard's files continues a text that began on the line before.
    static func withoutComments(_ text: StaticString) -> String {
        "\(text)".split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { !$0.isEmpty && !$0.hasPrefix("//") && !($0.hasPrefix("/*") && $0.hasSuffix("*/")) }
            .joined(separator: "\n")
    }

    private static let contentTypes: [Substring: String] = [
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": JSONBody.contentType,
        "py": "text/x-python; charset=utf-8",
    ]
}
