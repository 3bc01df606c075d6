import PrometheusMetrics

/// The metric families of one section, and how their samples come from a snapshot.
protocol SectionFamilies: Sendable {
    /// Every family, for registration.
    var erased: [AnyFamilyDescriptor] { get }

    /// Writes every family's samples.
    func write(_ snapshot: MonitorSnapshot, to writer: inout ExpositionWriter)
}
