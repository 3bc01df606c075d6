import FoundationEssentials
import Glibc

/// An exporter that runs for a measurement, on a port that the system chose. It ends with this object.
final class ExporterProcess {
    let port: UInt16
    private let process: pid_t
    private let log: Int32

    /// Starts the program that stands beside this one and waits until it listens.
    init(_ flags: [String] = []) throws {
        let program = try Self.program()
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw BenchmarkFailure("A pipe could not be made.") }
        log = ends[0]
        process = try Self.spawn(
            program, [program, "--web.listen-address", "127.0.0.1:0"] + flags, standardError: ends[1])
        close(ends[1])
        port = try Self.listeningPort(in: log)
    }

    deinit {
        kill(process, SIGTERM)
        var status: Int32 = 0
        waitpid(process, &status, 0)
        close(log)
    }

    /// The processor time that the exporter has used, in seconds.
    var processorSeconds: Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return .nan }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The exporter's resident memory, in kB of 1,000 bytes.
    var residentKilobytes: Double {
        guard let file = fopen("/proc/\(process)/statm", "r") else { return .nan }
        defer { fclose(file) }
        var fields = [UInt8](repeating: 0, count: 256)
        let text = String(decoding: fields[..<fread(&fields, 1, fields.count, file)], as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) }
        return (pages ?? .nan) * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_000
    }

    private static func program() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: own).deletingLastPathComponent().appending(path: "amplifier-voice-exporter").path
    }

    private static func spawn(_ program: String, _ arguments: [String], standardError: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, standardError, STDERR_FILENO)
        var strings = arguments.map { strdup($0) } + [nil]
        defer { for string in strings { free(string) } }
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, nil, &strings, environ) == 0 else {
            throw BenchmarkFailure("\(program) cannot be started: build it first.")
        }
        return process
    }

    /// Reads the log until it says where the exporter listens.
    private static func listeningPort(in log: Int32) throws -> UInt16 {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(log, &buffer, buffer.count)
            guard count > 0 else { throw BenchmarkFailure("The exporter did not start: \(text)") }
            text += String(decoding: buffer[..<count], as: UTF8.self)
            let lines = text.split(separator: "\n")
            guard let line = lines.first(where: { $0.contains("Listening.") }) else { continue }
            let address = line.split(separator: "\"").first { $0.hasPrefix("127.0.0.1:") }
            guard let port = address.flatMap({ UInt16($0.dropFirst("127.0.0.1:".count)) }) else { continue }
            return port
        }
    }
}

/// Why nothing was measured.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
