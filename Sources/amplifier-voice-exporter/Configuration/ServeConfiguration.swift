import Logging
import VoiceMonitoring
import VoiceMonitoringServer

/// All that `serve` needs to know.
struct ServeConfiguration {
    let server: ServerConfiguration
    let monitor: MonitorConfiguration
    let isDemo: Bool
    let logLevel: Logger.Level
    let logFormat: LogFormat
}
