import DequeModule

/// The last things that happened.
struct RecentList<Element: Codable & Sendable>: Codable, Sendable {
    let capacity: Int
    private var elements: Deque<Element> = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func append(_ element: Element) {
        if elements.count >= capacity { elements.removeFirst() }
        elements.append(element)
    }

    /// The newest first.
    var newestFirst: [Element] { elements.reversed() }
}
