import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import PrometheusMetrics
import VoiceMonitoringServer

/// A page behind an HTTP server, as a program would serve it that has Hummingbird.
enum PeerServer {
    /// Serves the page on a port that the system chooses, and says which once it listens. It ends with the process.
    static func start(_ registry: Registry, listening: @escaping @Sendable (Int) -> Void) {
        let router = Router()
        router.get("/metrics") { request, _ in
            let scrape = ScrapeRequest(headers: request.headers.map { ($0.name.rawName, $0.value) })
            let answer = try registry.respond(to: scrape) { Array(buffer: try Gzip.compress($0)) }
            let headers = answer.headers.compactMap { header in
                HTTPField.Name(header.name).map { HTTPField(name: $0, value: header.value) }
            }
            return Response(
                status: .init(code: answer.status), headers: HTTPFields(headers),
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { listening($0.localAddress?.port ?? 0) },
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() })
        Task { try await application.run() }
    }

    /// The median milliseconds of so many scrapes of the server on a port, and the bytes of one answer.
    static func scrape(port: UInt16, gzip isCompressed: Bool, count: Int) throws -> (milliseconds: Double, bytes: Int) {
        let connection = try Connection(port: port)
        let accept = "Accept: text/plain;version=0.0.4"
        let request =
            isCompressed
            ? Requests.get("/metrics", accept, "Accept-Encoding: gzip") : Requests.get("/metrics", accept)
        var times: [Double] = []
        var bytes = 0
        for _ in 0..<count {
            let start = Instant.now
            bytes = try connection.exchange(request, expecting: "200").count
            times.append(1_000 * (Instant.now - start))
        }
        return (times.sorted()[count / 2], bytes)
    }
}
