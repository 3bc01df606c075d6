import PrometheusMetrics

/// Which program this is.
public struct BuildInfo: Sendable {
    /// The program's version.
    public var version: String
    /// The revision of its source; empty where nobody told.
    public var revision: String

    /// Creates what is known of a build.
    public init(version: String, revision: String = "") {
        self.version = version
        self.revision = revision
    }

    private struct Label: LabelSet {
        static let labelNames = ["version", "revision", "swift_version"]
        var version: String
        var revision: String
        var labelValues: [String] { [version, revision, BuildInfo.swiftVersion] }
    }

    /// The compiler's version, as far as the language tells it.
    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    /// Exposes the build as labels.
    func register(in registry: Registry) throws {
        try registry.info(
            "amplifier_voice_build_info", help: "The exporter's version, revision and compiler.",
            Label(version: version, revision: revision))
    }
}
