import NIOCore
import Testing

@testable import VoiceMonitoringServer

@Suite struct DashboardFilesTests {
    private static let page = EmbeddedFile(
        path: "Dashboard/Files/index.html", text: "<link href=\"%assets%/a.css\"><script>%snapshot%</script>")
    private static let sheet = EmbeddedFile(path: "Dashboard/Files/a.css", text: "a{}")

    @Test func `the page names its folder of files and holds the snapshot`() throws {
        let files = try DashboardFiles([Self.page, Self.sheet])
        let shown = String(buffer: files.page(with: ByteBuffer(string: #"{"a":"<"}"#)))
        #expect(shown == "<link href=\"\(files.assetFolder)/a.css\"><script>{\"a\":\"\\u003c\"}</script>")
    }

    @Test func `the folder of files changes with any of them`() throws {
        let other = EmbeddedFile(path: "Dashboard/Files/a.css", text: "b{}")
        let more = EmbeddedFile(path: "Dashboard/Files/panels/b.js", text: "b()")
        let folders = try [[Self.page, Self.sheet], [Self.page, other], [Self.page, Self.sheet, more]].map {
            try DashboardFiles($0).assetFolder
        }
        #expect(Set(folders).count == folders.count)
    }

    @Test func `files that the dashboard cannot use are no part of it`() throws {
        let foreign = EmbeddedFile(path: "OpenAPI/openapi.json", text: "{}")
        let unknown = EmbeddedFile(path: "Dashboard/Files/notes.txt", text: "Notes.")
        let files = try DashboardFiles([Self.page, Self.sheet, foreign, unknown])
        #expect(files.assets.map(\.path) == ["a.css"])
    }

    @Test func `a page that lacks something is no page`() {
        let bare = EmbeddedFile(path: "Dashboard/Files/index.html", text: "<p>")
        #expect(throws: DashboardFiles.Failure.noPage) { try DashboardFiles([Self.sheet]) }
        #expect(throws: DashboardFiles.Failure.noPlaceForSnapshot) { try DashboardFiles([bare]) }
    }

    @Test func `comments and indentation are not sent`() {
        let text: StaticString = """
            // A comment.
            const a = 1;

                const b = "// no comment"; // a comment that stays
            /* A comment of a style sheet. */
            b { color: red } /* one that stays */
            """
        #expect(
            ServedFile.withoutComments(text) == """
                const a = 1;
                const b = "// no comment"; // a comment that stays
                b { color: red } /* one that stays */
                """)
    }
}
