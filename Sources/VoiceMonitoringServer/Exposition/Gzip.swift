import CZlib
package import NIOCore

/// Compression in the gzip format (RFC 1952) by the system's zlib.
package enum Gzip {
    /// zlib refused to work, which it does only without memory.
    struct Failure: Error {}

    /// How much time is taken for fewer bytes.
    package enum Level: Int32 {
        /// A fifth of the time of zlib's default for a sixth more bytes: for what is compressed on every request.
        case fast = 1
        /// For what is compressed once.
        case best = 9
    }

    package static func compress(_ bytes: [UInt8], level: Level = .fast) throws -> ByteBuffer {
        var stream = z_stream()
        let gzipWindowBits = 15 + 16
        guard
            deflateInit2_(
                &stream, level.rawValue, Z_DEFLATED, Int32(gzipWindowBits), 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Failure() }
        defer { deflateEnd(&stream) }
        var output = ByteBuffer()
        let written = bytes.withUnsafeBytes { input in
            // zlib declares its input mutable and does not change it.
            stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            stream.avail_in = UInt32(input.count)
            return output.writeWithUnsafeMutableBytes(
                minimumWritableBytes: Int(deflateBound(&stream, UInt(input.count)))
            ) { space in
                stream.next_out = space.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(space.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        guard written > 0 else { throw Failure() }
        return output
    }
}
