/// The scrapes that are being answered, from their request until their client has the answer: a state machine.
///
/// A client that does not read keeps its answer in memory, so that it counts. It must not keep others from being
/// answered, so that the oldest one whose answer is made and only goes out gives its place to a new one.
struct ScrapesInFlight {
    /// One scrape. A later one has a higher number.
    typealias ID = Int

    enum Admission: Equatable {
        /// The scrape is answered.
        case admitted(ID)
        /// The scrape is answered in the place of another, which is cut off.
        case admittedInstead(ID, of: ID)
        /// As many as allowed are still being made.
        case refused
    }

    private let limit: Int
    private var lastID = 0
    private var making: Set<ID> = []
    private var writing: Set<ID> = []

    /// - Parameter limit: The most scrapes at once.
    init(limit: Int) {
        self.limit = limit
    }

    var count: Int { making.count + writing.count }

    mutating func enter() -> Admission {
        let isFull = count >= limit
        let oldest = isFull ? writing.min() : nil
        guard !isFull || oldest != nil else { return .refused }
        lastID += 1
        making.insert(lastID)
        guard let oldest else { return .admitted(lastID) }
        writing.remove(oldest)
        return .admittedInstead(lastID, of: oldest)
    }

    /// The answer is made and goes out.
    mutating func write(_ id: ID) {
        if making.remove(id) != nil { writing.insert(id) }
    }

    /// The client has the answer, or there is none.
    mutating func leave(_ id: ID) {
        making.remove(id)
        writing.remove(id)
    }
}
