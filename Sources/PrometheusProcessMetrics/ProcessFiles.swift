import Glibc

/// The files in which the kernel tells of this process.
enum ProcessFiles {
    static func reading() -> ProcessReading {
        ProcessReading(
            stat: text("/proc/self/stat"), limits: text("/proc/self/limits"), systemStat: text("/proc/stat"),
            ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))), pageSize: Double(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// The files the process has open; none where the folder cannot be read.
    static func openFileDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var entries = 0
        while readdir(folder) != nil { entries += 1 }
        // Two entries are the folder and its parent, and one is the file that reads the folder.
        return max(0, entries - 3)
    }

    /// The whole file, or nothing where it cannot be read.
    private static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }
}
