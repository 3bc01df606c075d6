import HeapModule

/// What will happen, in order of time; what is due at once keeps the order in which it was added.
struct Agenda<Item: Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        let milliseconds: Double
        let order: Int
        let item: Item

        static func < (first: Entry, second: Entry) -> Bool {
            (first.milliseconds, first.order) < (second.milliseconds, second.order)
        }

        static func == (first: Entry, second: Entry) -> Bool { first.order == second.order }
    }

    private var entries = Heap<Entry>()
    private var added = 0

    mutating func add(_ item: Item, at milliseconds: Double) {
        entries.insert(Entry(milliseconds: milliseconds, order: added, item: item))
        added += 1
    }

    mutating func next() -> (milliseconds: Double, item: Item)? {
        entries.popMin().map { ($0.milliseconds, $0.item) }
    }
}
