import NIOCore

/// Refuses a target that is too long before the parser does, whose error does not tell it from a field that is too long
/// (RFC 9112, section 3). Of requests that come in one piece it measures the first.
final class RequestTargetHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let limit: Int
    private var target = RequestTarget()

    /// - Parameter limit: The longest target, in bytes.
    init(limit: Int) {
        self.limit = limit
    }

    /// The parser has seen the head of a request.
    func requestHeadEnded() {
        target.end()
    }

    /// The parser has seen the end of a request.
    func requestEnded() {
        target = RequestTarget()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard target.length <= limit else { return }
        target.take(unwrapInboundIn(data).readableBytesView)
        if target.length <= limit {
            context.fireChannelRead(data)
        } else {
            context.fireErrorCaught(RequestFailure.targetTooLong(limit: limit))
        }
    }
}
