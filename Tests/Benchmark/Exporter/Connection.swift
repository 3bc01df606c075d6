import Glibc

/// A blocking HTTP/1.1 connection to an exporter, as thin as can be.
final class Connection {
    let descriptor: Int32
    private var received: [UInt8] = []

    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard status == 0 else { throw BenchmarkFailure("The exporter on port \(port) cannot be reached.") }
    }

    deinit {
        close(descriptor)
    }

    /// Sends a request and returns the body of the answer.
    ///
    /// - Throws: `BenchmarkFailure` where the answer has another status.
    func exchange(_ request: [UInt8], expecting status: String) throws -> [UInt8] {
        try send(request)
        let head = try read(through: "\r\n\r\n")
        guard head.hasPrefix("HTTP/1.1 \(status)") else { throw BenchmarkFailure("Unexpected answer: \(head)") }
        let fields = head.lowercased().split(separator: "\r\n")
        if fields.contains("transfer-encoding: chunked") { return try readChunks() }
        let length = fields.first { $0.hasPrefix("content-length: ") }
            .flatMap { Int($0.dropFirst("content-length: ".count)) }
        guard let length else { throw BenchmarkFailure("The answer has no length: \(head)") }
        return try read(length)
    }

    /// The body of an answer whose length nobody knew before (RFC 9112, section 7.1).
    private func readChunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            guard let length = Int(try read(through: "\r\n"), radix: 16) else {
                throw BenchmarkFailure("A chunk has no length.")
            }
            body += try read(length)
            _ = try read(through: "\r\n")
            if length == 0 { return body }
        }
    }

    private func read(_ length: Int) throws -> [UInt8] {
        while received.count < length { try receive() }
        defer { received.removeFirst(length) }
        return Array(received[..<length])
    }

    func send(_ request: [UInt8]) throws {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw BenchmarkFailure("The exporter closed the connection.") }
            sent += count
        }
    }

    /// What comes before an end, which is read as well.
    private func read(through end: String) throws -> String {
        let end = Array(end.utf8)
        while true {
            if let start = received.indices.first(where: { received[$0...].starts(with: end) }) {
                defer { received.removeFirst(start + end.count) }
                return String(decoding: received[..<start], as: UTF8.self)
            }
            try receive()
        }
    }

    private func receive() throws {
        let room = 65_536
        let count = try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { buffer in
            let count = Glibc.read(descriptor, buffer.baseAddress, room)
            guard count > 0 else { throw BenchmarkFailure("The exporter closed the connection.") }
            received.append(contentsOf: buffer[..<count])
            return count
        }
        guard count > 0 else { throw BenchmarkFailure("Nothing was received.") }
    }
}
