import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Performs what `ConnectionState` says: keeps the deadlines of one connection, answers requests that cannot be parsed, and
/// closes the connection after a response that says so without reading what the client still sends.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let configuration: ServerConfiguration
    private let instruments: RequestInstruments
    private var state = ConnectionState()
    /// Whether a refusal of this handler is the last response of the connection.
    private var hasRefused = false
    /// Whether the request that is being answered is the last of its connection.
    private var isLastRequest = false
    private var deadline: Scheduled<Void>?

    init(_ configuration: ServerConfiguration, _ instruments: RequestInstruments) {
        self.configuration = configuration
        self.instruments = instruments
    }

    func channelActive(context: ChannelHandlerContext) {
        perform(state.handle(.opened), context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            perform(state.handle(.requestHead), context)
            isLastRequest = endsConnection(head)
            if expectsContinue(head) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
        case .end:
            perform(state.handle(.requestEnd), context)
        case .body:
            break
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        if !state.isClosing { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !hasRefused else {
            promise?.succeed()
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if isLastRequest { head.headerFields[.connection] = "close" }
            let isStream = head.headerFields[.contentType] == StreamRoute.contentType
            let closes = head.headerFields[.connection] == "close"
            perform(state.handle(.responseHead(isStream: isStream, closes: closes)), context)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
            return
        case .end:
            perform(state.handle(.responseEnd), context)
        case .body:
            break
        }
        context.write(data, promise: promise)
    }

    /// Answers what the parser refuses. A route that waits for the rest of such a request learns of it too.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError, state.canRefuse {
            refuse(failure(for: error), context)
        }
        context.fireErrorCaught(error)
    }

    private func refuse(_ failure: RequestFailure, _ context: ChannelHandlerContext) {
        guard let body = try? failure.body() else { return }
        instruments.count(failure)
        var headers = failure.responseHeaders
        headers[.contentLength] = String(body.readableBytes)
        write(
            context: context,
            data: wrapOutboundOut(.head(HTTPResponse(status: failure.status, headerFields: headers))), promise: nil)
        write(context: context, data: wrapOutboundOut(.body(body)), promise: nil)
        write(context: context, data: wrapOutboundOut(.end(nil)), promise: nil)
        context.flush()
        hasRefused = true
    }

    private func failure(for error: HTTPParserError) -> RequestFailure {
        error == .headerOverflow
            ? RequestFailure(
                status: .requestHeaderFieldsTooLarge, code: .headerTooLarge,
                message: "The head of a request may have \(configuration.maximumHeaderCount) fields, "
                    + "\(configuration.maximumHeaderFieldSize) bytes in each and in the path, and "
                    + "\(configuration.maximumHeaderSize) bytes in all.",
                headers: [.connection: "close"])
            : RequestFailure(
                status: .badRequest, code: .badRequest, message: "This is no HTTP/1.1 request.",
                headers: [.connection: "close"])
    }

    /// Whether the client says that it is its last request, or goes on in another protocol, which nobody here speaks.
    private func endsConnection(_ head: HTTPRequest) -> Bool {
        let options = head.headerFields[.connection]?.lowercased().split(separator: ",") ?? []
        return head.method == .connect
            || options.contains { $0.filter { !$0.isWhitespace } == "close" || $0.contains("upgrade") }
    }

    /// Whether the client waits for a word before it sends its body, and may send it.
    private func expectsContinue(_ head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return false }
        return head.announcesBody(upTo: configuration.maximumBodySize)
    }

    private func perform(_ action: ConnectionState.Action, _ context: ChannelHandlerContext) {
        guard case .setDeadline(let kind) = action else { return }
        deadline?.cancel()
        let channel = context.channel
        deadline = kind.map { kind in
            context.eventLoop.scheduleTask(in: TimeAmount(configuration.length(of: kind))) {
                channel.close(promise: nil)
            }
        }
    }
}

extension ServerConfiguration {
    fileprivate func length(of deadline: ConnectionState.Deadline) -> Duration {
        switch deadline {
        case .head: headDeadline
        case .request: requestDeadline
        case .response: responseDeadline
        case .idle: idleTimeout
        case .linger: lingerTime
        }
    }
}
