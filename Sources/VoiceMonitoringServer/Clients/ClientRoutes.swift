import HTTPTypes
import Hummingbird
import HummingbirdCore

/// `GET /client/…`: the modules that voice systems load or copy, one for browsers and one for Python.
struct ClientRoutes: Sendable {
    let files: [ServedFile]

    private static let folder = "Clients/Files/"

    /// - Throws: where zlib has no memory.
    init(_ files: [EmbeddedFile] = EmbeddedFile.all) throws {
        self.files = try files.compactMap { file in
            let path = "\(file.path)"
            guard path.hasPrefix(Self.folder) else { return nil }
            return try ServedFile(path: String(path.dropFirst(Self.folder.count)), text: file.text)
        }
    }

    /// Pages of every origin may load it; whoever keeps it asks whether it is still the same.
    func respond(_ file: ServedFile, _ request: Request) -> Response {
        var headers: HTTPFields = [
            .cacheControl: "no-cache", .accessControlAllowOrigin: "*", .xContentTypeOptions: "nosniff",
        ]
        if let policy = HTTPField.Name("Cross-Origin-Resource-Policy") { headers[policy] = "cross-origin" }
        return file.response(to: request, headers: headers)
    }
}
