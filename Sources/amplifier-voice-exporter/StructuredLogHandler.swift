import Logging
import VoiceMonitoring

/// The forms of a log line.
enum LogFormat: String {
    /// `time=… level=… message="…" key="…"`
    case text
    /// One JSON object.
    case json
}

/// Writes one line an event to standard error. Strings from outside are quoted in both forms, so none can forge a line.
struct StructuredLogHandler: LogHandler {
    let format: LogFormat
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(format: LogFormat) {
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        let fields =
            [
                ("time", TimeSource.system.now().wall.rfc3339), ("level", event.level.rawValue),
                ("message", event.message.description),
            ] + details
        let line =
            switch format {
            case .text: fields.map { "\($0)=\($1.quoted)" }.joined(separator: " ")
            case .json: "{" + fields.map { "\($0.quoted):\($1.quoted)" }.joined(separator: ",") + "}"
            }
        StandardError.write(line)
    }
}
