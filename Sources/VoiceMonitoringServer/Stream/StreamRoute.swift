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
        guard let subscription = broadcaster.subscribe(to: selection) else {
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

    private func send(
        _ subscription: StreamBroadcaster.Subscription, to writer: inout any ResponseBodyWriter, _ channel: any Channel
    ) async throws {
        try await send(try broadcaster.opening(of: subscription.selection), to: &writer, channel)
        for await _ in subscription.mailbox.bell {
            try await send(subscription.mailbox.take(), to: &writer, channel)
        }
        try await writer.finish(nil)
    }

    /// Frames that came together go out together.
    private func send(
        _ frames: [StreamFrame], to writer: inout any ResponseBodyWriter, _ channel: any Channel
    ) async throws {
        guard var bytes = frames.first?.bytes else { return }
        for frame in frames.dropFirst() { bytes.writeImmutableBuffer(frame.bytes) }
        let deadline = channel.eventLoop.scheduleTask(in: TimeAmount(configuration.writeDeadline)) {
            channel.reset()
        }
        defer { deadline.cancel() }
        try await writer.write(bytes)
        broadcaster.delivered(frames)
    }
}
