/// Finds the target of a request in its first line and measures it.
struct RequestTarget {
    private enum Place {
        case method
        case target
        case rest
    }

    private var place = Place.method

    /// The bytes of the target so far.
    private(set) var length = 0

    /// Takes bytes as they come; those behind the target do not matter.
    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            switch (place, byte) {
            case (.method, UInt8(ascii: " ")): place = .target
            case (.target, UInt8(ascii: " ")), (.target, UInt8(ascii: "\n")): place = .rest
            case (.target, _): length += 1
            case (.method, _): break
            case (.rest, _): return
            }
        }
    }

    /// Takes nothing more: the whole head is there.
    mutating func end() {
        place = .rest
    }
}
