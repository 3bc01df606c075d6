import HTTPTypes
import Hummingbird
import HummingbirdCore

/// `GET /openapi.json`: the description of all routes, OpenAPI 3.1.
struct OpenAPIRoute: Sendable {
    let document: ServedFile

    /// - Throws: `Failure` where the build did not put the document into the program.
    init(_ files: [EmbeddedFile] = EmbeddedFile.all) throws {
        guard let file = files.first(where: { "\($0.path)" == Self.path }),
            let document = try ServedFile(path: Self.path, text: file.text)
        else { throw Failure.noDocument }
        self.document = document
    }

    /// Whoever keeps it asks whether it is still the same, since another version of the program has another.
    func respond(_ request: Request, _ context: MonitoringRequestContext) -> Response {
        document.response(to: request, headers: [.cacheControl: "no-cache"])
    }

    private static let path = "OpenAPI/openapi.json"

    enum Failure: Error {
        case noDocument
    }
}
