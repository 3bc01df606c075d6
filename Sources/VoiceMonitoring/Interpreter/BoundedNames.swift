/// Names from outside that become label values: so many, and the rest is `other`.
///
/// Reserved names have their places from the start, so that junk cannot push them out.
struct BoundedNames: Codable, Sendable {
    static let other = "other"

    let capacity: Int
    let reserved: [String]
    private var known: Set<String>
    /// Uses of names that had no place.
    private(set) var overflows: UInt64 = 0

    init(capacity: Int, reserved: [String]) {
        self.capacity = capacity
        self.reserved = Array(reserved.prefix(capacity))
        known = Set(self.reserved)
    }

    /// The name as a label value.
    mutating func label(for name: String) -> String {
        if name == Self.other || known.contains(name) { return name }
        guard known.count < capacity else {
            overflows += 1
            return Self.other
        }
        known.insert(name)
        return name
    }
}
