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
        try self.init(path: path, sentText: Self.sentText(text, path: path))
    }

    /// A file whose text is sent to the letter; none for a file of a kind that is not served as it is.
    init?(path: String, sentText: String) throws {
        guard let contentType = Self.contentTypes[path.split(separator: ".").last ?? ""] else { return nil }
        self.path = path
        self.contentType = contentType
        plain = ByteBuffer(string: sentText)
        let bytes = Array(plain.readableBytesView)
        compressed = try Gzip.compress(bytes, level: .best)
        checksum = crc32(0, bytes, UInt32(bytes.count))
    }

    /// What is sent of a file's text.
    static func sentText(_ text: StaticString, path: String) -> String {
        path.hasSuffix(".py") ? "\(text)" : withoutComments(text)
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
