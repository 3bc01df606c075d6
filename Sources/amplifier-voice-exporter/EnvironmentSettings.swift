import ArgumentParser
import Glibc

/// Settings from the environment, which stand behind the flags and before the defaults.
struct EnvironmentSettings {
    let variables: [String: String]

    /// The environment of this process, as far as it concerns the exporter.
    static var process: EnvironmentSettings {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2, pair[0].hasPrefix(prefix) { variables[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return EnvironmentSettings(variables: variables)
    }

    /// A setting from its flag, the environment or the default.
    ///
    /// - Throws: `ValidationError` that names the flag or the variable whose value cannot be read.
    func value<Value>(
        _ flag: String, _ given: String?, default defaultValue: String, _ complaint: String,
        _ read: (String) -> Value?
    ) throws -> Value {
        let variable = Self.variable(for: flag)
        let (source, text) =
            given.map { (flag, $0) } ?? variables[variable].map { (variable, $0) } ?? (flag, defaultValue)
        guard let value = read(text) else { throw ValidationError("\(source) \"\(text)\" \(complaint)") }
        return value
    }

    /// A flag without a value, set in the environment to true or false.
    func flag(_ flag: String) throws -> Bool {
        try value(flag, nil, default: "false", "must be true or false.") { Bool($0) }
    }

    private static let prefix = "AMPLIFIER_VOICE_EXPORTER_"

    private static func variable(for flag: String) -> String {
        prefix + String(flag.dropFirst(2).uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 })
    }
}
