import CZlib
import HTTPTypes
import NIOCore

/// A file of the dashboard as it is sent: compressed once, with the tag that names its content.
struct DashboardFile: Sendable {
    /// Its path within the dashboard's folder.
    let path: String
    let contentType: String
    let plain: ByteBuffer
    let compressed: ByteBuffer
    /// The checksum of its content.
    let checksum: UInt

    /// None for a file whose kind the dashboard does not have.
    init?(path: String, text: StaticString) throws {
        guard let contentType = Self.contentTypes[path.split(separator: ".").last ?? ""] else { return nil }
        self.path = path
        self.contentType = contentType
        plain = ByteBuffer(staticString: text)
        let bytes = Array(plain.readableBytesView)
        compressed = try Gzip.compress(bytes, level: .best)
        checksum = crc32(0, bytes, UInt32(bytes.count))
    }

    private static let contentTypes: [Substring: String] = [
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
    ]
}
