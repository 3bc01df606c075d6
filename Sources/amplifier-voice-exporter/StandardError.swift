import Glibc

/// The stream for people and log collectors.
enum StandardError {
    /// Writes a line in one piece, so that lines of several threads do not mix.
    static func write(_ line: String) {
        var line = line + "\n"
        line.withUTF8 { bytes in
            _ = Glibc.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
        }
    }
}
