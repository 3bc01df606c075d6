import Glibc
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Performs what `ConnectionState` and `RequestTerms` say: takes one request after the other, keeps the deadlines of
/// one connection, refuses what must not be taken, and ends the connection after its last answer without reading what
/// the client still sends.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Input {
        case part(HTTPServerRequestPart)
        case failure(any Error)
        case end
    }

    private let configuration: ServerConfiguration
    private let instruments: RequestInstruments
    private let target: RequestTargetHandler
    private var state = ConnectionState()
    private var terms = RequestTerms.initial
    private var waiting = CircularBuffer<Input>()
    private var isReadWithheld = false
    private var observer: (any ResponseObserver)?
    private var deadline: Scheduled<Void>?
    /// Whether the last response of the connection is out, so that no route's goes after it.
    private var isSilenced = false

    init(_ configuration: ServerConfiguration, _ instruments: RequestInstruments, _ target: RequestTargetHandler) {
        self.configuration = configuration
        self.instruments = instruments
        self.target = target
    }

    func channelActive(context: ChannelHandlerContext) {
        perform(state.handle(.opened), context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        waiting.removeAll()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // One may still come after the end of the connection, and none after this.
        observer = nil
    }

    // MARK: What comes from the client

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head: target.requestHeadEnded()
        case .end: target.requestEnded()
        case .body: break
        }
        receive(.part(part), context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError || error is RequestFailure {
            receive(.failure(error), context)
        } else {
            context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            receive(.end, context)
        case is ChannelShouldQuiesceEvent:
            perform(state.handle(.stopped), context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func read(context: ChannelHandlerContext) {
        guard !state.isClosing else { return }
        // One read ahead costs less than to stop and to go on with every request.
        if waiting.isEmpty {
            context.read()
        } else {
            isReadWithheld = true
        }
    }

    private func receive(_ input: Input, _ context: ChannelHandlerContext) {
        // Whoever writes learns at once that nobody reads any more, unless requests stand before that.
        if case .end = input, waiting.isEmpty { return take(input, context) }
        guard !state.isClosing else { return }
        if state.isWaiting || !waiting.isEmpty {
            waiting.append(input)
        } else {
            take(input, context)
        }
    }

    private func take(_ input: Input, _ context: ChannelHandlerContext) {
        switch input {
        case .part(.head(let head)):
            do throws(RequestFailure) {
                terms = try RequestTerms(head, maximumBodySize: configuration.maximumBodySize)
            } catch {
                terms = .initial
                return perform(state.handle(.malformed), context, refusing: error)
            }
            perform(state.handle(.requestHead), context)
            if terms.expectsContinue {
                let head = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .part(.body(let body)):
            context.fireChannelRead(wrapInboundOut(.body(body)))
        case .part(.end(let trailers)):
            context.fireChannelRead(wrapInboundOut(.end(trailers)))
            perform(state.handle(.requestEnd), context)
        case .failure(let error):
            // A route that waits for the rest of its request learns that it does not come, before the connection ends.
            if state.isReceiving { context.fireErrorCaught(error) }
            perform(state.handle(.malformed), context, refusing: RequestFailure(error, configuration))
        case .end:
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
    }

    private func takeNext(_ context: ChannelHandlerContext) {
        guard !waiting.isEmpty else { return }
        while !state.isWaiting, !state.isClosing, let input = waiting.popFirst() { take(input, context) }
        context.fireChannelReadComplete()
        if isReadWithheld {
            isReadWithheld = false
            read(context: context)
        }
    }

    // MARK: What goes to the client

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        // A second response to one request is that to a failure which follows the first.
        if case .head = part, !state.mayRespond { isSilenced = true }
        guard !isSilenced else {
            promise?.succeed()
            return
        }
        switch part {
        case .head(var head):
            let closes = terms.fit(&head)
            let isStream = head.headers["Content-Type"] == [StreamRoute.contentType]
            context.write(wrapOutboundOut(.head(head)), promise: promise)
            perform(state.handle(.responseHead(isStream: isStream, closes: closes)), context)
        case .body:
            context.write(data, promise: promise)
        case .end:
            let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
            sent.futureResult.assumeIsolated().whenSuccess { self.responseSent(context) }
            context.write(data, promise: sent)
        }
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        if state.isSending { observer?.responseStalled() }
    }

    private func responseSent(_ context: ChannelHandlerContext) {
        observer = nil
        perform(state.handle(.responseSent), context)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard let observer = event as? any ResponseObserver else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        self.observer = observer
        promise?.succeed()
    }

    private func refuse(_ failure: RequestFailure, _ context: ChannelHandlerContext) {
        guard let parts = try? failure.responseParts(unixSeconds: time(nil)) else { return context.close(promise: nil) }
        instruments.count(failure)
        for part in parts { write(context: context, data: wrapOutboundOut(part), promise: nil) }
        isSilenced = true
        context.flush()
    }

    // MARK: What the state says

    private func perform(
        _ actions: [ConnectionState.Action], _ context: ChannelHandlerContext, refusing failure: RequestFailure? = nil
    ) {
        for action in actions {
            switch action {
            case .setDeadline(let kind): setDeadline(kind, context)
            case .refuse: if let failure { refuse(failure, context) }
            case .takeNext: takeNext(context)
            case .closeOutput: context.close(mode: .output, promise: nil)
            case .close: context.close(promise: nil)
            }
        }
    }

    private func setDeadline(_ kind: ConnectionState.Deadline?, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        let channel = context.channel
        deadline = kind.map { kind in
            context.eventLoop.scheduleTask(in: TimeAmount(kind.length(in: configuration))) {
                if kind == .response { channel.reset() } else { channel.close(promise: nil) }
            }
        }
    }
}
