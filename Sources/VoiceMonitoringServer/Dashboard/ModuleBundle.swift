/// The modules that the page needs at once, as one module: who is far away waits for one answer instead of many.
///
/// Each module becomes a function that runs once, those that others need first. A module that is loaded later and
/// imports one of them gets the very same: under its path stands a module that takes its exports from the bundle.
struct ModuleBundle {
    /// What is served instead of the modules that the page needs at once, by their paths.
    private(set) var served: [String: String] = [:]

    private let texts: [String: String]
    private var modules: [Module] = []

    private struct Module {
        var path: String
        var name: String
        var exports: [Substring] = []
        var lines: [String] = []
    }

    enum Failure: Error {
        /// A module that is imported is none of the page's files.
        case noModule(String)
        /// An import or an export is of a form that the page's modules do not use.
        case unknownForm(String)
    }

    /// The bundle of a module and of all that it imports; an empty one where there is no such module.
    ///
    /// - Parameter texts: The modules without comments and indentation, by their paths.
    init(of entry: String, in texts: [String: String]) throws {
        self.texts = texts
        guard texts[entry] != nil else { return }
        try add(entry)
        let names = modules.map(\.name).joined(separator: ", ")
        served[entry] = (modules.flatMap(Self.asFunction) + ["export { \(names) };"]).joined(separator: "\n")
        for module in modules where module.path != entry {
            let way = module.path.contains("/") ? "../" : "./"
            served[module.path] = """
                import { \(module.name) as all } from "\(way)\(entry)";
                export const { \(module.exports.joined(separator: ", ")) } = all;
                """
        }
    }

    /// Adds a module after those that it imports. Returns its name in the bundle.
    @discardableResult
    private mutating func add(_ path: String) throws -> String {
        if let known = modules.first(where: { $0.path == path }) { return known.name }
        guard let text = texts[path] else { throw Failure.noModule(path) }
        var module = Module(path: path, name: "")
        for line in text.split(separator: "\n") {
            if line.hasPrefix("import ") {
                let (names, target) = try Self.imported(line)
                module.lines.append("const {\(names)} = \(try add(Self.path(target, from: path)));")
            } else if line.hasPrefix("export ") {
                let declaration = line.dropFirst("export ".count)
                module.exports.append(try Self.declaredName(declaration))
                module.lines.append(String(declaration))
            } else {
                module.lines.append(String(line))
            }
        }
        module.name = "module\(modules.count)"
        modules.append(module)
        return module.name
    }

    private static func asFunction(_ module: Module) -> [String] {
        ["const \(module.name) = (() => {"] + module.lines
            + ["return { \(module.exports.joined(separator: ", ")) };", "})();"]
    }

    /// What `import { a, b as c } from "./d.js";` takes, as a pattern of names, and from where.
    private static func imported(_ line: Substring) throws -> (names: String, target: Substring) {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasPrefix("import {"), parts[0].hasSuffix("} from "), parts[2] == ";" else {
            throw Failure.unknownForm(String(line))
        }
        let names = parts[0].dropFirst("import {".count).dropLast("} from ".count)
        return (String(names).replacing(" as ", with: ": "), parts[1])
    }

    /// The path of `./a.js` or `../a.js` for a module.
    private static func path(_ target: Substring, from path: String) throws -> String {
        if target.hasPrefix("../") { return String(target.dropFirst(3)) }
        guard target.hasPrefix("./"), !path.contains("/") else { throw Failure.unknownForm(String(target)) }
        return String(target.dropFirst(2))
    }

    /// The name in `const a = …`, `function a(…)` or `async function a(…)`.
    private static func declaredName(_ declaration: Substring) throws -> Substring {
        for keyword in ["const ", "function ", "async function "] where declaration.hasPrefix(keyword) {
            let name = declaration.dropFirst(keyword.count).prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !name.isEmpty { return name }
        }
        throw Failure.unknownForm(String(declaration))
    }
}
