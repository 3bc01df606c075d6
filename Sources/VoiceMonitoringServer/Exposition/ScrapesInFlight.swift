/// The scrapes that are being answered, from their request until their client has the answer: a state machine.
///
/// A client that does not read keeps its answer in memory, so that it counts. It must not keep others from being
/// answered: the oldest whose answer does not go out at once gives its place to a new one.
struct ScrapesInFlight {
    /// One scrape.
    typealias ID = Int

    enum Admission: Equatable {
        /// The scrape is answered.
        case admitted(ID)
        /// The scrape is answered in the place of another, which is cut off.
        case admittedInstead(ID, of: ID)
        /// All places are taken.
        case refused
    }

    private struct Scrape {
        let id: ID
        var isStalled = false
    }

    private let limit: Int
    private var lastID = 0
    /// The oldest first.
    private var scrapes: [Scrape] = []

    /// - Parameter limit: The most scrapes at once.
    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { scrapes.count }

    mutating func enter() -> Admission {
        var cutOff: ID?
        if count >= limit {
            guard let stalled = scrapes.firstIndex(where: \.isStalled) else { return .refused }
            cutOff = scrapes.remove(at: stalled).id
        }
        lastID += 1
        scrapes.append(Scrape(id: lastID))
        return cutOff.map { .admittedInstead(lastID, of: $0) } ?? .admitted(lastID)
    }

    /// The client does not take the whole answer at once.
    mutating func stall(_ id: ID) {
        guard let index = scrapes.firstIndex(where: { $0.id == id }) else { return }
        scrapes[index].isStalled = true
    }

    /// The client has the answer, or gets none.
    mutating func leave(_ id: ID) {
        scrapes.removeAll { $0.id == id }
    }
}
