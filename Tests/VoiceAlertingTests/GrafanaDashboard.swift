import FoundationEssentials

/// The parts of the shipped Grafana dashboard that come from the table of numbers.
struct GrafanaDashboard: Decodable {
    struct Panel: Decodable {
        struct Target: Decodable {
            let refId: String
            let expr: String

            /// The query without the selectors of job and instance.
            var promQL: String {
                [#"job=~"$job",instance=~"$instance""#, #"job=~"$job""#].reduce(expr) { text, selector in
                    text.replacing(selector + ",", with: "").replacing("{\(selector)}", with: "")
                }
            }
        }

        struct Steps: Decodable, Equatable {
            struct Step: Decodable, Equatable {
                let color: String
                let value: Double?
            }
            let steps: [Step]
        }

        struct FieldConfig: Decodable {
            struct Override: Decodable {
                struct Matcher: Decodable {
                    let options: String
                }
                struct Property: Decodable {
                    let id: String
                    let value: Value
                }
                enum Value: Decodable {
                    case text(String)
                    case steps(Steps)
                    case other

                    init(from decoder: any Decoder) throws {
                        let container = try decoder.singleValueContainer()
                        if let text = try? container.decode(String.self) {
                            self = .text(text)
                        } else if let steps = try? container.decode(Steps.self) {
                            self = .steps(steps)
                        } else {
                            self = .other
                        }
                    }
                }
                let matcher: Matcher
                let properties: [Property]
            }
            struct Defaults: Decodable {
                let unit: String
                let thresholds: Steps
            }
            let defaults: Defaults
            let overrides: [Override]

            /// What is set for a query, or for the column that it becomes, or for all.
            func unit(of names: [String]) -> String {
                for case .text(let unit) in values("unit", of: names) { return unit }
                return defaults.unit
            }

            func steps(of names: [String]) -> Steps {
                for case .steps(let steps) in values("thresholds", of: names) { return steps }
                return defaults.thresholds
            }

            private func values(_ property: String, of names: [String]) -> [Override.Value] {
                overrides.filter { names.contains($0.matcher.options) }.flatMap(\.properties)
                    .filter { $0.id == property }.map(\.value)
            }
        }

        struct Transformation: Decodable {
            struct Options: Decodable {
                let renameByName: [String: String]?
            }
            let options: Options
        }

        let title: String
        let type: String
        let targets: [Target]?
        let fieldConfig: FieldConfig?
        let transformations: [Transformation]?
        let panels: [Panel]?

        /// The names under which a query's values are found: its own, and that of its column.
        func names(of target: Target) -> [String] {
            let columns = (transformations ?? []).compactMap { $0.options.renameByName?["Value #\(target.refId)"] }
            return [target.refId] + columns
        }
    }

    let panels: [Panel]

    static func load() throws -> GrafanaDashboard {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let file = root.appending(path: "grafana/amplifier-voice.json")
        return try JSONDecoder().decode(GrafanaDashboard.self, from: Data(contentsOf: file))
    }

    /// Each query with its panel, those of collapsed rows included.
    var queries: [(panel: Panel, target: Panel.Target)] {
        (panels + panels.flatMap { $0.panels ?? [] }).flatMap { panel in (panel.targets ?? []).map { (panel, $0) } }
    }
}
