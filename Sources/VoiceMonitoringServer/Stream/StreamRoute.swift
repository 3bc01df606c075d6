import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// `GET /metrics/stream`: server-sent events (WHATWG HTML, section 9.2) until either side closes; named ones with
/// `?topics=`.
struct StreamRoute: Sendable {
    let broadcaster: StreamBroadcaster
    let configuration: ServerConfiguration

    static let contentType = "text/event-stream"

    private static let headers: HTTPFields = {
        var headers: HTTPFields = [.contentType: contentType, .cacheControl: "no-cache, no-transform"]
        // nginx would hold messages back until its buffer is full.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return headers
    }()

    func respond(to request: Request, context: MonitoringRequestContext) async throws -> Response {
        if request.method == .head { return Response(status: .ok, headers: Self.headers) }
        let selection = try StreamSelection(topics: request.uri.queryParameters["topics"].map(String.init))
        guard let subscription = try broadcaster.subscribe(to: selection, after: Self.lastEventID(request)) else {
            throw RequestFailure.unavailable(.tooManyStreams, "There are too many streams; poll instead.")
        }
        // The body is never begun where the client is gone already.
        context.channel.closeFuture.whenComplete { _ in broadcaster.unsubscribe(subscription) }
        return Response(
            status: .ok, headers: Self.headers,
            body: ResponseBody { writer in
                defer { broadcaster.unsubscribe(subscription) }
                try await request.body.consumeWithInboundCloseHandler { _ in
                    try await send(subscription, to: &writer, context.channel)
                } onInboundClosed: {
                    broadcaster.unsubscribe(subscription)
                }
            })
    }

    /// The id of the last event that a client had. A page that opens a new stream of its own cannot set the header.
    private static func lastEventID(_ request: Request) -> String? {
        HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
            ?? request.uri.queryParameters["last_event_id"].map(String.init)
    }

    private static let idSize = 64

    private func send(
        _ subscription: StreamBroadcaster.Subscription, to writer: inout any ResponseBodyWriter, _ channel: any Channel
    ) async throws {
        var told = subscription.position
        for await _ in subscription.mailbox.bell {
            try await send(subscription.mailbox.take(), after: &told, to: &writer, channel)
        }
        try await writer.finish(nil)
    }

    /// Frames that came together go out together. Those of feeds say how far the client is told with them.
    private func send(
        _ frames: [StreamFrame], after told: inout StreamPosition, to writer: inout any ResponseBodyWriter,
        _ channel: any Channel
    ) async throws {
        guard !frames.isEmpty else { return }
        var bytes = ByteBuffer()
        bytes.reserveCapacity(frames.reduce(0) { $0 + $1.bytes.readableBytes + Self.idSize })
        for frame in frames {
            if told.advance(by: frame) { bytes.writeString("id: \(told.id(bootID: broadcaster.bootID))\n") }
            bytes.writeImmutableBuffer(frame.bytes)
        }
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(configuration.writeDeadline)) {
            channel.reset()
        }
        defer { deadline.cancel() }
        try await writer.write(bytes)
        broadcaster.delivered(frames)
    }
}
