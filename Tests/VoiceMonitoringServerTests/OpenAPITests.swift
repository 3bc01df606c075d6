import FoundationEssentials
import HTTPTypes
import Logging
import PrometheusMetrics
import Testing
import VoiceMonitoring

@testable import VoiceMonitoringServer

@Suite struct OpenAPITests {
    private let document: JSONValue
    private let routes: [MonitoringRoutes.Route]

    private static let file = EmbeddedFile.all.first { "\($0.path)" == "OpenAPI/openapi.json" }
    private static let document = file.flatMap { file in
        try? JSONDecoder().decode(JSONValue.self, from: Data("\(file.text)".utf8))
    }

    init() throws {
        let address = try #require(ListenAddress("127.0.0.1:0"))
        let server = try MonitoringServer(
            ServerConfiguration(address: address, build: BuildInfo(version: "1")), monitor: Monitor(),
            registry: Registry(), logger: Logger(label: "test"))
        routes = server.routes.routes
        document = try #require(Self.document)
    }

    @Test func `every route is described and every description is a route`() throws {
        let described = try #require(document["paths"]?.members).flatMap { path, item in
            item.members.keys.filter { Self.methods.contains($0) }.map { "\($0.uppercased()) \(path)" }
        }
        #expect(Set(routes.map { "\($0.method.rawValue) \(Self.template(of: $0.path))" }) == Set(described))
    }

    @Test func `the codes of failures are described`() {
        let failure = document["components"]?["schemas"]?["Failure"]?["properties"]?["error"]?["properties"]?["code"]
        let codes = RequestFailure.Code.allCases.map { JSONValue.string($0.rawValue) }
        #expect(failure?["enum"]?.elements == codes)
    }

    @Test func `the types of events are described`() throws {
        let event = try #require(document["components"]?["schemas"]?["Event"])
        let mapping = try #require(event["discriminator"]?["mapping"]?.members)
        #expect(Set(mapping.keys) == Set(EventType.allCases.map(\.rawValue)))
        #expect(event["oneOf"]?.elements.count == mapping.count)
    }

    /// The path of a route as the document writes it: the files that the page loads have names that builds decide.
    private static func template(of path: String) -> String {
        let parts = path.split(separator: "/")
        guard parts.first == "assets" else { return path }
        return "/" + (["assets", "{version}"] + parts.dropFirst(2).dropLast() + ["{file}"]).joined(separator: "/")
    }

    /// The keys of a path that are methods (OpenAPI 3.1, "Path Item Object").
    private static let methods: Set = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
}

extension JSONValue {
    fileprivate var members: [String: JSONValue] {
        guard case .object(let members) = self else { return [:] }
        return members
    }

    fileprivate var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    fileprivate subscript(key: String) -> JSONValue? { members[key] }
}
