import CZlib
import NIOCore

/// The dashboard's page and what it loads, all from the program itself.
struct DashboardFiles: Sendable {
    /// What the page loads.
    let assets: [ServedFile]
    /// The folder that the page loads from. It changes with every change of any file, so its files can be kept for
    /// ever.
    let assetFolder: String
    private let beforeSnapshot: String
    private let afterSnapshot: String

    private static let folder = "Dashboard/Files/"
    private static let page = "index.html"
    /// The module that shows the first numbers, and the one that keeps the page live.
    private static let entries = ["app.js", "live.js"]

    /// - Throws: `Failure` where the page lacks the place for the snapshot, `ModuleBundles.Failure` where a module is
    ///   not like the page's own, and where zlib has no memory.
    init(_ files: [EmbeddedFile] = EmbeddedFile.all) throws {
        let own = files.map { (path: "\($0.path)", text: $0.text) }.filter { $0.path.hasPrefix(Self.folder) }
        let texts = Dictionary(
            uniqueKeysWithValues: own.map { path, text in
                (String(path.dropFirst(Self.folder.count)), ServedFile.sentText(text, path: path))
            })
        let bundles = try ModuleBundles(of: Self.entries, in: texts)
        assets = try texts.merging(bundles.served) { _, bundled in bundled }.sorted { $0.key < $1.key }
            .compactMap { try ServedFile(path: $0.key, sentText: $0.value) }
        let checksum = assets.reduce(0) { crc32_combine($0, $1.checksum, $1.plain.readableBytes) }
        assetFolder = "assets/\(String(checksum, radix: 16))"
        guard let page = texts[Self.page] else { throw Failure.noPage }
        let parts = page.replacing("%assets%", with: assetFolder).split(
            separator: "%snapshot%", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw Failure.noPlaceForSnapshot }
        beforeSnapshot = String(parts[0])
        afterSnapshot = String(parts[1])
    }

    /// The page with JSON as its first snapshot.
    func page(with snapshot: ByteBuffer) -> ByteBuffer {
        var page = ByteBuffer()
        page.reserveCapacity(beforeSnapshot.utf8.count + snapshot.readableBytes * 2 + afterSnapshot.utf8.count)
        page.writeString(beforeSnapshot)
        page.writeJSONForHTML(snapshot)
        page.writeString(afterSnapshot)
        return page
    }

    enum Failure: Error {
        case noPage
        case noPlaceForSnapshot
    }
}
