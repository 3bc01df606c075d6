import PrometheusMetrics
import Testing

@testable import PrometheusProcessMetrics

@Suite struct ProcessReadingTests {
    private static let stat =
        "26231 (a (strange) name) S 5392 7446 5392 34835 7446 4218880 32533 309516 26 82 1677 44 158 99 20 0 9 0 "
        + "82375 56274944 1981 18446744073709551615 4194304 6294284 140736914091744 140736914087944 139965136429984 0"

    private static let limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max open files            2048                 4096                 files
        Max address space         unlimited            unlimited            bytes
        """

    private func reading(
        stat: String = stat, limits: String = limits, systemStat: String = "cpu 1 2\nbtime 1418183276\n"
    ) -> ProcessReading {
        ProcessReading(stat: stat, limits: limits, systemStat: systemStat, ticksPerSecond: 100, pageSize: 4096)
    }

    @Test func `the fields are counted behind the program's name, whatever it is`() {
        let reading = reading()
        #expect(reading.cpuSeconds == 17.21)
        #expect(reading.threads == 9)
        #expect(reading.startTimeSeconds == 1_418_184_099.75)
        #expect(reading.virtualMemory == 56_274_944)
        #expect(reading.residentMemory == 8_114_176)
        #expect(reading.maximumVirtualMemory == .infinity)
        #expect(reading.maximumFileDescriptors == 2048)
    }

    @Test(arguments: ["", "1", "1 (x", "1 (x) S", ")))"])
    func `what a text does not say stays unknown`(stat: String) {
        let reading = reading(stat: stat, limits: "", systemStat: "")
        #expect(reading.cpuSeconds == nil)
        #expect(reading.startTimeSeconds == nil)
        #expect(reading.residentMemory == nil)
        #expect(reading.maximumFileDescriptors == nil)
    }

    @Test func `this process has all eight`() throws {
        let registry = Registry()
        try registry.register(ProcessCollector())
        let samples = String(decoding: registry.exposition(), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map { String($0.prefix { $0 != " " }) }
        #expect(
            samples == [
                "process_cpu_seconds_total", "process_max_fds", "process_open_fds", "process_resident_memory_bytes",
                "process_start_time_seconds", "process_threads", "process_virtual_memory_bytes",
                "process_virtual_memory_max_bytes",
            ])
    }
}
