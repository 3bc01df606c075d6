/// A text file that lies in the program itself. The build writes the list of all.
struct EmbeddedFile: Sendable {
    /// Its path within this module's sources.
    let path: StaticString
    let text: StaticString
}
