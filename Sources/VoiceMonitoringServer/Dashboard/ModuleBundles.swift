/// The modules that the page needs at once, and those that it needs next, as one module each: who is far away waits for
/// one answer instead of many.
///
/// Each module becomes a function that runs once, those that others need first. Whoever else imports one of them gets
/// the very same: under its path stands a module that takes its exports from the bundle.
struct ModuleBundles {
    /// What is served instead of the modules in the bundles, by their paths.
    private(set) var served: [String: String] = [:]

    private let texts: [String: String]
    private var modules: [Module] = []

    private struct Module {
        let path: String
        /// The bundle that holds it, by the path of its entry.
        let bundle: String
        var name = ""
        /// The names of the modules that it imports.
        var imports: [String] = []
        var exports: [Substring] = []
        var lines: [String] = []
    }

    enum Failure: Error {
        /// A module that is imported is none of the page's files.
        case noModule(String)
        /// An import or an export is of a form that the page's modules do not use.
        case unknownForm(String)
    }

    /// The bundles of modules, each with all that it imports and no bundle before it holds; none where there is no such
    /// module.
    ///
    /// - Parameters:
    ///   - entries: The paths of modules in the topmost folder, in the order in which they are loaded.
    ///   - texts: The modules without comments and indentation, by their paths.
    init(of entries: [String], in texts: [String: String]) throws {
        self.texts = texts
        for entry in entries where texts[entry] != nil { try addBundle(entry) }
        for module in modules where module.path != module.bundle {
            let way = module.path.contains("/") ? "../" : "./"
            served[module.path] = """
                import { \(module.name) as all } from "\(way)\(module.bundle)";
                export const { \(module.exports.joined(separator: ", ")) } = all;
                """
        }
    }

    private mutating func addBundle(_ entry: String) throws {
        let known = modules
        let main = try add(entry, to: entry)
        let own = modules.dropFirst(known.count)
        let needed = known.filter { module in own.contains { $0.imports.contains(module.name) } }
        let imports = Dictionary(grouping: needed, by: \.bundle).sorted { $0.key < $1.key }.map { bundle, modules in
            "import { \(modules.map(\.name).joined(separator: ", ")) } from \"./\(bundle)\";"
        }
        var exports = ["export { \(own.map(\.name).joined(separator: ", ")) };"]
        if !main.exports.isEmpty {
            exports.append("export const { \(main.exports.joined(separator: ", ")) } = \(main.name);")
        }
        served[entry] = (imports + own.flatMap(Self.asFunction) + exports).joined(separator: "\n")
    }

    /// Adds a module after those that it imports, where no bundle has it.
    private mutating func add(_ path: String, to bundle: String) throws -> Module {
        if let known = modules.first(where: { $0.path == path }) { return known }
        guard let text = texts[path] else { throw Failure.noModule(path) }
        var module = Module(path: path, bundle: bundle)
        for line in text.split(separator: "\n") {
            if line.hasPrefix("import ") {
                let (names, target) = try Self.imported(line)
                let source = try add(Self.path(target, from: path), to: bundle).name
                module.imports.append(source)
                module.lines.append("const {\(names)} = \(source);")
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
        return module
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
