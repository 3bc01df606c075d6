import Testing

@testable import VoiceMonitoringServer

@Suite struct ModuleBundleTests {
    private static let texts = [
        "app.js": """
        import { twice as double } from "./a.js";
        import { show } from "./panels/b.js";
        show(double(1));
        """,
        "a.js": """
        const factor = 2;
        export const NAME_1 = "a";
        export function twice(value) {
        return factor * value;
        }
        """,
        "panels/b.js": """
        import { NAME_1, twice } from "../a.js";
        export async function show(value) {
        }
        """,
        "later.js": "import { twice } from \"./a.js\";",
    ]

    @Test func `modules become functions, those that others need first`() throws {
        let bundle = try ModuleBundle(of: "app.js", in: Self.texts)
        #expect(
            bundle.served["app.js"] == """
                const module0 = (() => {
                const factor = 2;
                const NAME_1 = "a";
                function twice(value) {
                return factor * value;
                }
                return { NAME_1, twice };
                })();
                const module1 = (() => {
                const { NAME_1, twice } = module0;
                async function show(value) {
                }
                return { show };
                })();
                const module2 = (() => {
                const { twice: double } = module0;
                const { show } = module1;
                show(double(1));
                return {  };
                })();
                export { module0, module1, module2 };
                """)
    }

    @Test func `modules that are loaded later get the exports of the bundle`() throws {
        let bundle = try ModuleBundle(of: "app.js", in: Self.texts)
        #expect(Set(bundle.served.keys) == ["app.js", "a.js", "panels/b.js"])
        #expect(
            bundle.served["a.js"] == """
                import { module0 as all } from "./app.js";
                export const { NAME_1, twice } = all;
                """)
        #expect(
            bundle.served["panels/b.js"] == """
                import { module1 as all } from "../app.js";
                export const { show } = all;
                """)
    }

    @Test func `without a main module there is none`() throws {
        #expect(try ModuleBundle(of: "app.js", in: ["a.js": "export const a = 1;"]).served.isEmpty)
    }

    @Test(arguments: [
        "import a from \"./a.js\";", "import * as a from \"./a.js\";", "import \"./a.js\";",
        "import { a } from \"a.js\";", "import { a } from \"./b.js\";", "import { a } from './a.js';",
        "import { a } from \"./a.js\"; a();", "export default a;", "export { a };", "export let a = 1;",
        "export const { a } = b;",
    ])
    func `other forms are refused`(line: String) {
        #expect(throws: ModuleBundle.Failure.self) {
            try ModuleBundle(of: "app.js", in: ["app.js": line, "a.js": "export const a = 1;"])
        }
    }
}
