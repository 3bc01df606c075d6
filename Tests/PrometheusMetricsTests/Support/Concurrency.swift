import Foundation
import Synchronization

/// Runs a body in several tasks at once, round by round, and returns for each task what its rounds returned.
///
/// Every task has a thread of its own, and all begin each round together: on the shared pool, short tasks run one after
/// the other where other tests keep its threads busy, and then no race shows.
@discardableResult
func inParallel<Result: Sendable>(
    tasks: Int = 4, rounds: Int, _ body: @escaping @Sendable (_ task: Int, _ round: Int) -> Result
) async -> [[Result]] {
    let gate = Gate(for: tasks)
    return await withTaskGroup(of: [Result].self) { group in
        for task in 0..<tasks {
            group.addTask {
                await withCheckedContinuation { continuation in
                    Thread {
                        let results = (0..<rounds).map { round in
                            gate.pass(round)
                            return body(task, round)
                        }
                        continuation.resume(returning: results)
                    }.start()
                }
            }
        }
        return await group.reduce(into: []) { $0.append($1) }
    }
}

/// Opens in each round when all have come.
private final class Gate: Sendable {
    private let size: Int
    private let arrivals = Atomic<Int>(0)

    init(for size: Int) {
        self.size = size
    }

    func pass(_ round: Int) {
        arrivals.add(1, ordering: .relaxed)
        var looks = 0
        while arrivals.load(ordering: .relaxed) < (round + 1) * size {
            looks += 1
            // One who yields at once comes too late for the others; one who never does keeps them from a busy machine.
            if looks > 10_000 { sched_yield() }
        }
    }
}
