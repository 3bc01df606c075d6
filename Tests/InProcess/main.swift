import PrometheusMetrics
import VoiceMonitoring

let monitor = Monitor()
let registry = Registry()
try registry.register(monitor)

monitor.recordSessionStart(sessionID: "demo")
monitor.recordLatencySample(.ttfa, valueMilliseconds: 420, sessionID: "demo")

if let slowest = monitor.snapshot().latency.ttfa.max { print("Slowest first audio: \(slowest) ms") }
print(String(decoding: registry.exposition(), as: UTF8.self))
