/// What the kernel says about a process, read from the texts of its `/proc` folder.
///
/// Source: proc(5). What a text does not say stays unknown; nothing is made up.
struct ProcessReading: Equatable {
    /// Processor time in seconds, of the user and of the system together.
    var cpuSeconds: Double?
    /// When it began, in Unix time.
    var startTimeSeconds: Double?
    /// Threads.
    var threads: Int?
    /// Bytes.
    var virtualMemory: Double?
    /// Bytes.
    var residentMemory: Double?
    /// The most virtual memory it may have, in bytes; infinite where there is no limit.
    var maximumVirtualMemory: Double?
    /// The most files it may have open.
    var maximumFileDescriptors: Double?

    /// - Parameters:
    ///   - stat: `/proc/PID/stat`.
    ///   - limits: `/proc/PID/limits`.
    ///   - systemStat: `/proc/stat`, for the time at which the system began.
    ///   - ticksPerSecond: the kernel's clock ticks, `sysconf(_SC_CLK_TCK)`.
    ///   - pageSize: bytes in a page.
    init(stat: String, limits: String, systemStat: String, ticksPerSecond: Double, pageSize: Double) {
        // The name of the program stands in brackets and may hold anything, so the fields are counted behind it.
        let fields = stat.split(separator: ")").last.map { $0.split(separator: " ").map(String.init) } ?? []
        func field(_ number: Int) -> Double? {
            let index = number - 3
            return fields.indices.contains(index) ? Double(fields[index]) : nil
        }
        if let user = field(14), let system = field(15) { cpuSeconds = (user + system) / ticksPerSecond }
        threads = field(20).map { Int($0) }
        if let start = field(22), let boot = Self.value(of: "btime ", in: systemStat) {
            startTimeSeconds = boot + start / ticksPerSecond
        }
        virtualMemory = field(23)
        residentMemory = field(24).map { $0 * pageSize }
        maximumVirtualMemory = Self.value(of: "Max address space", in: limits)
        maximumFileDescriptors = Self.value(of: "Max open files", in: limits)
    }

    /// The first number behind a name at the beginning of a line.
    private static func value(of name: String, in text: String) -> Double? {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).lazy.map { Substring($0) }
        guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return nil }
        guard let word = line.dropFirst(name.count).split(separator: " ").first else { return nil }
        return word == "unlimited" ? .infinity : Double(word)
    }
}
