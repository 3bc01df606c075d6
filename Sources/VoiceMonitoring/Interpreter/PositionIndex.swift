/// Where the things of an array are, found by the hash of their keys: what a dictionary does at four bytes a place,
/// since the keys stand in the array already.
///
/// Open addressing with linear probing; a removal moves those behind it up, so that no markers of removed things stay.
/// It never grows by itself: it has room for as many things as it was made for.
struct PositionIndex: Sendable {
    private static let free: Int32 = -1

    private var places: [Int32]
    private let mask: Int

    /// - Parameter capacity: The most things at once.
    init(capacity: Int) {
        // At most two thirds of the places are taken, so that runs of taken places stay short.
        var size = 4
        while size * 2 < capacity * 3 { size *= 2 }
        places = Array(repeating: Self.free, count: size)
        mask = size - 1
    }

    /// The position of the thing with a hash that is the one looked for.
    func position(hash: Int, where isSought: (Int) -> Bool) -> Int? {
        var place = hash & mask
        while places[place] != Self.free {
            let position = Int(places[place])
            if isSought(position) { return position }
            place = (place + 1) & mask
        }
        return nil
    }

    /// Takes note of a thing that the index does not hold.
    mutating func insert(_ position: Int, hash: Int) {
        var place = hash & mask
        while places[place] != Self.free { place = (place + 1) & mask }
        places[place] = Int32(position)
    }

    /// Takes note that a thing has moved.
    mutating func move(_ position: Int, to newPosition: Int, hash: Int) {
        guard let place = place(of: position, hash: hash) else { return }
        places[place] = Int32(newPosition)
    }

    /// Forgets a thing. `hashOf` gives the hash of the thing at a position, for those that move up.
    mutating func remove(_ position: Int, hash: Int, hashOf: (Int) -> Int) {
        guard var hole = place(of: position, hash: hash) else { return }
        var place = (hole + 1) & mask
        while places[place] != Self.free {
            let home = hashOf(Int(places[place])) & mask
            // A thing may move up to the hole unless its home lies behind the hole.
            if (place &- home) & mask >= (place &- hole) & mask {
                places[hole] = places[place]
                hole = place
            }
            place = (place + 1) & mask
        }
        places[hole] = Self.free
    }

    private func place(of position: Int, hash: Int) -> Int? {
        var place = hash & mask
        while places[place] != Self.free {
            if places[place] == Int32(position) { return place }
            place = (place + 1) & mask
        }
        return nil
    }
}
