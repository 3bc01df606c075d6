import ArgumentParser
import Glibc

/// Where settings come from: the flag, else the environment, else the configuration file, else the default.
struct Settings {
    /// The configuration file; an empty one where none is named.
    let file: ConfigurationFile
    private let environment: [String: String]

    /// Reads the configuration file that the flag or the environment names.
    ///
    /// - Throws: `ValidationError` that names the file and the key.
    init(configurationFile path: String?, environment: [String: String] = Self.processEnvironment) throws {
        self.environment = environment
        do {
            file =
                try (path ?? environment[Self.variable(for: "--config")]).map(ConfigurationFile.init(path:))
                ?? ConfigurationFile()
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The value of a flag.
    ///
    /// - Throws: `ValidationError` that names the flag, the variable or the key whose value cannot be read.
    func value<Value>(
        _ flag: String, _ given: String?, default defaultValue: String, _ complaint: String,
        _ read: (String) -> Value?
    ) throws -> Value {
        let variable = Self.variable(for: flag)
        let key = String(flag.dropFirst(2))
        let (source, text) =
            given.map { (flag, $0) } ?? environment[variable].map { (variable, $0) }
            ?? file.settings[key].map { ("--config: \(key)", $0) } ?? (flag, defaultValue)
        guard let value = read(text) else { throw ValidationError("\(source) \"\(text)\" \(complaint)") }
        return value
    }

    /// Whether a flag without a value is set.
    func flag(_ flag: String, _ given: Bool) throws -> Bool {
        try value(flag, given ? "true" : nil, default: "false", "must be true or false.") { Bool($0) }
    }

    /// The environment of this process, as far as it concerns the exporter.
    static var processEnvironment: [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2, pair[0].hasPrefix(prefix) { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return variables
    }

    private static let prefix = "AMPLIFIER_VOICE_EXPORTER_"

    private static func variable(for flag: String) -> String {
        prefix + String(flag.dropFirst(2).uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }
}
