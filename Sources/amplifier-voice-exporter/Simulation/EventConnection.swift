import FoundationEssentials
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOPosix
import Synchronization
import VoiceMonitoring

/// One connection to an exporter, over which events go batch by batch.
struct EventConnection {
    /// What the exporter answers to a batch.
    struct Answer: Decodable {
        struct Rejection: Decodable {
            let index: Int
            let field: String?
            let error: String
        }

        let accepted: Int
        let duplicates: Int
        let rejected: [Rejection]
    }

    private typealias Pipe = NIOAsyncChannel<HTTPResponsePart, HTTPRequestPart>

    private let target: SimulationTarget
    private let channel: any Channel
    private let writer: NIOAsyncChannelOutboundWriter<HTTPRequestPart>
    private var reader: NIOAsyncChannelInboundStream<HTTPResponsePart>.AsyncIterator

    /// Connects, lets the connection be used, and closes it.
    static func open<Result: Sendable>(
        _ target: SimulationTarget, use: (inout EventConnection) async throws -> Result
    ) async throws -> Result {
        let pipe: Pipe
        do {
            pipe = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(.seconds(deadline))
                .connect(host: target.host, port: target.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPClientCodec())
                        return try Pipe(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw SimulationFailure.unreachable(target.authority)
        }
        return try await pipe.executeThenClose { inbound, outbound in
            var connection = EventConnection(
                target: target, channel: pipe.channel, writer: outbound, reader: inbound.makeAsyncIterator())
            return try await use(&connection)
        }
    }

    /// Sends a batch and waits for the answer.
    ///
    /// - Throws: `SimulationFailure` where there is none in time, or it is no answer of an exporter.
    mutating func send(_ events: [VoiceEvent]) async throws -> Answer {
        let isLate = Atomic(false)
        let channel = channel
        let alarm = channel.eventLoop.scheduleTask(in: .seconds(Self.deadline)) {
            isLate.store(true, ordering: .relaxed)
            channel.close(promise: nil)
        }
        defer { alarm.cancel() }
        do {
            try await write(JSONEncoder().encode(events))
            return try await read()
        } catch let failure as SimulationFailure {
            throw failure
        } catch {
            throw isLate.load(ordering: .relaxed)
                ? SimulationFailure.late(target.authority, seconds: Self.deadline)
                : SimulationFailure.closed(target.authority)
        }
    }

    private func write(_ body: Data) async throws {
        let head = HTTPRequest(
            method: .post, scheme: "http", authority: target.authority, path: target.path,
            headerFields: [.contentType: "application/json", .contentLength: "\(body.count)"])
        try await writer.write(.head(head))
        try await writer.write(.body(ByteBuffer(bytes: body)))
        try await writer.write(.end(nil))
    }

    private mutating func read() async throws -> Answer {
        var status: HTTPResponse.Status?
        var body = ByteBuffer()
        while let part = try await reader.next(isolation: nil) {
            switch part {
            case .head(let head): status = head.status
            case .body(let bytes):
                body.writeImmutableBuffer(bytes)
                guard body.readableBytes <= Self.largestAnswer else { throw Self.refusal(status, body, from: target) }
            case .end: return try Self.answer(status, body, from: target)
            }
        }
        throw ChannelError.eof
    }

    private static func answer(
        _ status: HTTPResponse.Status?, _ body: ByteBuffer, from target: SimulationTarget
    ) throws(SimulationFailure) -> Answer {
        let isReport = status == .accepted || status == .badRequest
        guard isReport, let answer = try? JSONDecoder().decode(Answer.self, from: Data(body.readableBytesView)) else {
            throw refusal(status, body, from: target)
        }
        return answer
    }

    private static func refusal(
        _ status: HTTPResponse.Status?, _ body: ByteBuffer, from target: SimulationTarget
    ) -> SimulationFailure {
        .refused(target.authority, status: status?.code ?? 0, String(buffer: body).prefix(200).description)
    }

    /// How long a connection and an answer may take, in seconds.
    private static let deadline: Int64 = 10
    /// More than an exporter says of a batch, in bytes.
    private static let largestAnswer = 1 << 20
}
