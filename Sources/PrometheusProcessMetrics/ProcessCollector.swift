public import PrometheusMetrics

/// The `process_*` metrics that every Prometheus client library has, of this process, on Linux.
///
/// A number that the kernel does not tell has no sample. Source: Prometheus "Writing client libraries", "Process
/// metrics".
public struct ProcessCollector: Collector {
    private let cpu = FamilyDescriptor<CounterValue, NoLabels>(
        "process_cpu_seconds_total", help: "Processor time that the process used, of user and system.")
    private let openFileDescriptors = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_open_fds", help: "Files that the process has open.")
    private let maximumFileDescriptors = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_max_fds", help: "Files that the process may have open.")
    private let virtualMemory = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_virtual_memory_bytes", help: "Virtual memory of the process.")
    private let maximumVirtualMemory = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_virtual_memory_max_bytes", help: "Virtual memory that the process may have.")
    private let residentMemory = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_resident_memory_bytes", help: "Resident memory of the process.")
    private let startTime = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_start_time_seconds", help: "When the process began, in Unix time.")
    private let threads = FamilyDescriptor<GaugeValue, NoLabels>(
        "process_threads", help: "Threads of the process.")

    /// Creates a collector of this process.
    public init() {}

    /// The eight families.
    public var families: [AnyFamilyDescriptor] {
        [
            cpu.erased, openFileDescriptors.erased, maximumFileDescriptors.erased, virtualMemory.erased,
            maximumVirtualMemory.erased, residentMemory.erased, startTime.erased, threads.erased,
        ]
    }

    /// Reads `/proc` and writes what it tells.
    public func collect(into writer: inout ExpositionWriter) {
        let reading = ProcessFiles.reading()
        writer.write(
            cpu,
            reading.cpuSeconds.map { seconds in
                var counter = CounterValue()
                counter.add(seconds)
                return counter
            })
        writer.write(openFileDescriptors, ProcessFiles.openFileDescriptors().map { GaugeValue($0) })
        writer.write(maximumFileDescriptors, reading.maximumFileDescriptors.map { GaugeValue($0) })
        writer.write(virtualMemory, reading.virtualMemory.map { GaugeValue($0) })
        writer.write(maximumVirtualMemory, reading.maximumVirtualMemory.map { GaugeValue($0) })
        writer.write(residentMemory, reading.residentMemory.map { GaugeValue($0) })
        writer.write(startTime, reading.startTimeSeconds.map { GaugeValue($0) })
        writer.write(threads, reading.threads.map { GaugeValue($0) })
    }
}
