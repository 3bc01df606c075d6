/// A count for each local day. A clock that jumps over midnight and back finds its day's count again.
struct DailyCount: Codable, Sendable {
    private struct Day: Codable, Sendable {
        var day: Int
        var count: Int
    }

    /// The latest three days.
    private var days: [Day] = []

    mutating func increment(at now: Timestamp) {
        if let index = days.firstIndex(where: { $0.day == now.localDay }) {
            days[index].count += 1
        } else {
            days.append(Day(day: now.localDay, count: 1))
            days.sort { $0.day < $1.day }
            days = days.suffix(3)
        }
    }

    /// The count since local midnight.
    func count(at now: Timestamp) -> Int {
        days.first { $0.day == now.localDay }?.count ?? 0
    }
}
