import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// The handlers of one connection, from its bytes to its requests.
struct ConnectionChannel: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let configuration: ServerConfiguration
    let instruments: RequestInstruments
    let connections: OpenConnections
    let responder: Responder

    /// How much the kernel and one read may hold of what nobody has read, in bytes. The kernel's own limits are
    /// megabytes for each connection.
    private static let kernelBufferSize: ChannelOptions.Types.SocketOption.Value = 64 << 10
    private static let readSize = 16 << 10

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            if let options = channel.syncOptions {
                try options.setOption(.socketOption(.so_sndbuf), value: Self.kernelBufferSize)
                try options.setOption(.socketOption(.so_rcvbuf), value: Self.kernelBufferSize)
                try options.setOption(.maxMessagesPerRead, value: 1)
                try options.setOption(
                    .recvAllocator,
                    value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: Self.readSize))
            }
            let target = RequestTargetHandler(limit: configuration.maximumHeaderFieldSize)
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = configuration.maximumHeaderFieldSize
            limits.maxHeaderListSize = configuration.maximumHeaderSize
            limits.maxHeaderFieldCount = configuration.maximumHeaderCount
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(target)
            // What this adds beside the parser holds back neither what the client sends nor its end.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
                withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
            try pipeline.addHandlers(
                ConnectionHandler(configuration, instruments, target), HTTP1ToHTTPServerCodec(secure: false),
                connections.makeHandler())
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await handleHTTP(asyncChannel: value, logger: logger)
    }
}
