extension String {
    /// The beginning of the string, at most so many Unicode scalars.
    func cut(toScalars length: Int) -> String {
        utf8.count <= length ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(length)))
    }

    /// The beginning of the string, at most so many bytes of UTF-8, with no scalar torn apart.
    func cut(toBytes size: Int) -> String {
        guard utf8.count > size else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: size)
        while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
