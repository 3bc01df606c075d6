import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// The process probes: whether it runs, and whether it takes requests.
enum ProbeRoutes {
    static func healthy(_ request: Request, _ context: MonitoringRequestContext) -> Response {
        text("amplifier-voice-exporter is healthy.\n")
    }

    /// Once the process is told to stop it accepts no connection, so that an answer always means ready.
    static func ready(_ request: Request, _ context: MonitoringRequestContext) -> Response {
        text("amplifier-voice-exporter is ready.\n")
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
