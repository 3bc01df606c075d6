import Testing

@testable import VoiceMonitoringServer

@Suite struct ModuleBundlesTests {
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
        "next.js": """
        import { twice } from "./a.js";
        import { show } from "./panels/b.js";
        import { end } from "./c.js";
        export const goOn = () => end(show(twice(1)));
        """,
        "c.js": "export function end(value) {}",
        "later.js": "import { twice } from \"./a.js\";",
    ]

    @Test func `modules become functions, those that others need first`() throws {
        let bundles = try ModuleBundles(of: ["app.js"], in: Self.texts)
        #expect(
            bundles.served["app.js"] == """
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
        let bundles = try ModuleBundles(of: ["app.js"], in: Self.texts)
        #expect(Set(bundles.served.keys) == ["app.js", "a.js", "panels/b.js"])
        #expect(
            bundles.served["a.js"] == """
                import { module0 as all } from "./app.js";
                export const { NAME_1, twice } = all;
                """)
        #expect(
            bundles.served["panels/b.js"] == """
                import { module1 as all } from "../app.js";
                export const { show } = all;
                """)
    }

    @Test func `a bundle takes what the one before it holds from there`() throws {
        let bundles = try ModuleBundles(of: ["app.js", "next.js"], in: Self.texts)
        #expect(
            bundles.served["next.js"] == """
                import { module0, module1 } from "./app.js";
                const module3 = (() => {
                function end(value) {}
                return { end };
                })();
                const module4 = (() => {
                const { twice } = module0;
                const { show } = module1;
                const { end } = module3;
                const goOn = () => end(show(twice(1)));
                return { goOn };
                })();
                export { module3, module4 };
                export const { goOn } = module4;
                """)
        #expect(
            bundles.served["c.js"] == """
                import { module3 as all } from "./next.js";
                export const { end } = all;
                """)
        #expect(Set(bundles.served.keys) == ["app.js", "a.js", "panels/b.js", "next.js", "c.js"])
    }

    @Test func `without a main module there is none`() throws {
        #expect(try ModuleBundles(of: ["app.js"], in: ["a.js": "export const a = 1;"]).served.isEmpty)
    }

    @Test(arguments: [
        "import a from \"./a.js\";", "import * as a from \"./a.js\";", "import \"./a.js\";",
        "import { a } from \"a.js\";", "import { a } from \"./b.js\";", "import { a } from './a.js';",
        "import { a } from \"./a.js\"; a();", "export default a;", "export { a };", "export let a = 1;",
        "export const { a } = b;",
    ])
    func `other forms are refused`(line: String) {
        #expect(throws: ModuleBundles.Failure.self) {
            try ModuleBundles(of: ["app.js"], in: ["app.js": line, "a.js": "export const a = 1;"])
        }
    }
}
