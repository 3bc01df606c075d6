/// The version of this program.
enum ExporterVersion {
    static let current = "0.1.0"
}
