/// Two tasks that write one number without a lock: what the thread sanitizer must report, or its silence about the rest
/// means nothing.
final class PlantedRace: @unchecked Sendable {
    private var number = 0

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<10_000 { self.number += 1 } }
            }
        }
        print("A planted race left the number \(number).")
    }
}
