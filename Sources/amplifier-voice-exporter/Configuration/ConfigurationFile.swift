import FoundationEssentials
import VoiceMonitoring
import VoiceMonitoringServer

/// The configuration file: one JSON object, every key of it known.
struct ConfigurationFile {
    /// The settings that are flags too, by the flag's name without its dashes.
    private(set) var settings: [String: String] = [:]
    private(set) var monitor = MonitorConfiguration()
    private var origins: Set<WebOrigin> = []
    private var serverLimits: [(any WritableKeyPath<ServerConfiguration, Int> & Sendable, Int)] = []

    /// The configuration without a file.
    init() {}

    /// Reads a file.
    ///
    /// - Throws: `ConfigurationError`, which names the file and the key.
    init(path: String) throws(ConfigurationError) {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw ConfigurationError(path, "cannot be read.")
        }
        guard bytes.withUnsafeBytes(JSONGrammar.isValid),
            let value = try? JSONDecoder().decode(JSONValue.self, from: bytes)
        else { throw ConfigurationError(path, "is not valid JSON.") }
        try read(ConfigurationObject(value, at: path))
    }

    /// The configuration of a server with the file's limits.
    func server(address: ListenAddress, build: BuildInfo) -> ServerConfiguration {
        var server = ServerConfiguration(address: address, build: build)
        server.origins = origins
        for (limit, value) in serverLimits { server[keyPath: limit] = value }
        return server
    }

    private mutating func read(_ file: ConfigurationObject) throws(ConfigurationError) {
        var file = file
        for flag in Self.textFlags { settings[flag] = try file.text(flag) }
        for flag in Self.switchFlags { settings[flag] = try file.flag(flag).map(String.init) }
        if let limit = try file.count("sessions_limit", in: 1...1_000_000) { monitor.sessionsLimit = limit }
        if let texts = try file.texts("origins") { try read(origins: texts, in: file) }
        if let seconds = try file.count("dead_air_after_seconds", in: 1...600) {
            monitor.deadAirAfter = .seconds(Int64(seconds))
        }
        if let prices = try file.text("prices") { monitor.prices = try Self.prices(path: prices, in: file) }
        if let names = try file.object("names") { try read(names: names) }
        if let privacy = try file.object("privacy") { try read(privacy: privacy) }
        if let limits = try file.object("limits") { try read(limits: limits) }
        if let thresholds = try file.object("thresholds") { try read(thresholds: thresholds) }
        try file.refuseOtherKeys()
        try checkPlaces(of: monitor.toolNames, "tools", in: file)
        try checkPlaces(of: monitor.agentNames, "agents", in: file)
    }

    private mutating func read(origins texts: [String], in file: ConfigurationObject) throws(ConfigurationError) {
        for text in texts {
            guard let origin = WebOrigin(text) else {
                throw ConfigurationError(
                    file.path,
                    "origins: \(text) is no origin as browsers write it, such as https://voice.example or "
                        + "http://localhost:5173.")
            }
            origins.insert(origin)
        }
    }

    private mutating func read(names: ConfigurationObject) throws(ConfigurationError) {
        var names = names
        if let tools = try names.texts("tools") { monitor.toolNames += tools }
        if let agents = try names.texts("agents") { monitor.agentNames += agents }
        try names.refuseOtherKeys()
    }

    private static func prices(path: String, in file: ConfigurationObject) throws(ConfigurationError) -> PriceTable {
        guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
            throw ConfigurationError("\(file.path): prices: \(path)", "cannot be read.")
        }
        do {
            return try JSONDecoder().decode(PriceTable.self, from: bytes)
        } catch let error as PriceTableError {
            throw ConfigurationError("\(file.path): prices: \(path)", error.description)
        } catch {
            throw ConfigurationError(
                "\(file.path): prices: \(path)", "must be an object with as_of, a text, and models with prices.")
        }
    }

    /// A name beyond the limit would have no place, whatever the file says.
    private func checkPlaces(
        of names: [String], _ kind: String, in file: ConfigurationObject
    ) throws(ConfigurationError) {
        let count = Set(names).count
        guard count <= monitor.limits.names else {
            throw ConfigurationError(
                file.path,
                "has \(count) names of \(kind) with SPEC's own, and limits: names leaves "
                    + "\(monitor.limits.names).")
        }
    }

    private mutating func read(privacy: ConfigurationObject) throws(ConfigurationError) {
        var privacy = privacy
        if let keeps = try privacy.flag("previews") { monitor.privacy.keepsPreviews = keeps }
        if let keeps = try privacy.flag("stack_traces") { monitor.privacy.keepsStackTraces = keeps }
        try privacy.refuseOtherKeys()
    }

    private mutating func read(limits: ConfigurationObject) throws(ConfigurationError) {
        var limits = limits
        for (key, limit) in Self.monitorLimits {
            if let count = try limits.count(key, in: 1...1_000_000) { monitor.limits[keyPath: limit] = count }
        }
        for (key, limit) in Self.leases {
            if let seconds = try limits.count(key, in: 1...86_400) {
                monitor.limits[keyPath: limit] = .seconds(Int64(seconds))
            }
        }
        for (key, limit) in Self.serverLimits {
            if let count = try limits.count(key, in: 1...1_000_000) { serverLimits.append((limit, count)) }
        }
        try limits.refuseOtherKeys()
    }

    private mutating func read(thresholds: ConfigurationObject) throws(ConfigurationError) {
        var thresholds = thresholds
        for number in monitor.numbers.rows {
            guard var bounds = try thresholds.object(number.id.rawValue) else { continue }
            guard let defaults = number.thresholds else {
                throw ConfigurationError(bounds.path, "has no thresholds to change.")
            }
            let changed = defaults.replacing(
                target: try bounds.number("target"), warning: try bounds.number("warning"),
                critical: try bounds.number("critical"))
            try bounds.refuseOtherKeys()
            guard defaults.warning != nil || changed.warning == nil && changed.critical == nil else {
                throw ConfigurationError(bounds.path, "has only a target to change.")
            }
            guard changed.isOrdered else {
                let order = changed.direction == .above ? "not decrease" : "not increase"
                throw ConfigurationError(bounds.path, "must \(order) from target to warning to critical.")
            }
            monitor.numbers[number.id]?.thresholds = changed
        }
        try thresholds.refuseOtherKeys()
    }

    private static let textFlags = ["web.listen-address", "log.level", "log.format"]
    private static let switchFlags = ["insecure", "demo"]
    private static let monitorLimits: [(String, any WritableKeyPath<MonitorLimits, Int> & Sendable)] = [
        ("sessions", \.sessions), ("entries", \.entries), ("realtime_entries", \.realtimeEntries),
        ("event_ids", \.eventIDs), ("names", \.names),
    ]
    private static let leases: [(String, any WritableKeyPath<MonitorLimits, Span> & Sendable)] = [
        ("session_lease_seconds", \.sessionLease), ("turn_lease_seconds", \.turnLease),
        ("task_lease_seconds", \.taskLease),
    ]
    private static let serverLimits: [(String, any WritableKeyPath<ServerConfiguration, Int> & Sendable)] = [
        ("connections", \.maximumConnectionCount), ("streams", \.maximumStreamCount),
        ("scrapes", \.maximumScrapeCount), ("body_bytes", \.maximumBodySize),
        ("events_per_request", \.maximumEventCount),
    ]
}
