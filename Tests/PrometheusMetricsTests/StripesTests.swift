import Synchronization
import Testing

@testable import PrometheusMetrics

struct StripesTests {
    /// Two threads take turns at a place until each has its own.
    private func compete(for stripes: borrowing Stripes, size: Int, _ fill: (UnsafeMutableRawPointer) -> Void) {
        var turn: UInt = 0
        while stripes.places == nil {
            turn += 1
            _ = stripes.change(to: turn % 2, size: size, fill)
        }
    }

    @Test func `a lone thread has no place of its own`() {
        let counter = Counter()
        for _ in 0..<100_000 { counter.increment() }
        let hasPlaces = counter.stripes.places != nil
        #expect(!hasPlaces)
    }

    @Test func `few changes of the thread make no places`() {
        let stripes = Stripes()
        for turn in 0..<1_024 as Range<UInt> {
            let place = stripes.change(to: turn % 2, size: Stripes.alignment) { _ in }
            #expect(place == nil)
        }
        let hasPlaces = stripes.places != nil
        #expect(!hasPlaces)
    }

    @Test func `every stripe has a place that was filled, far from the others`() {
        let stripes = Stripes()
        var filled: [UnsafeMutableRawPointer] = []
        compete(for: stripes, size: 256) { filled.append($0) }
        let first = stripes.places
        #expect(filled == (0..<Stripes.count).compactMap { stripe in first.map { $0 + stripe * 256 } })
        #expect(UInt(bitPattern: first) % UInt(Stripes.alignment) == 0)
        guard case .own(let place) = stripes.turn(size: 256) else {
            Issue.record("The calling thread has no place.")
            return
        }
        #expect(filled.contains(place))
    }

    @Test func `places that are there already are kept`() {
        let stripes = Stripes()
        let first = stripes.split(size: Stripes.alignment) { _ in }
        let second = stripes.split(size: Stripes.alignment) { _ in Issue.record("They were made again.") }
        #expect(second == first)
    }

    @Test func `a counter goes on exactly when it is split, and counts what is added to every place`() async {
        let counter = Counter()
        counter.increment(by: 40)
        counter.add(0.5)
        _ = counter.stripes.split(size: Stripes.alignment, Counter.initialize)
        counter.increment(by: 2)
        counter.add(0.25)
        #expect(counter.value.value == 42.75)
        await inParallel(tasks: 8, rounds: 100) { _, _ in
            for _ in 0..<50 {
                counter.increment()
                counter.add(0.5)
            }
        }
        #expect(counter.value.value == 42.75 + 60_000)
    }

    @Test func `a histogram goes on exactly when it is split`() async {
        let histogram = Histogram([1, 2])
        histogram.observe(1)
        histogram.split()
        await inParallel(tasks: 8, rounds: 100) { task, _ in
            for _ in 0..<50 { histogram.observe(Double(task)) }
        }
        #expect(histogram.value.count == 40_001)
        #expect(histogram.value.sum == 140_001)
    }

    @Test func `an observation that finds the buckets taken is counted elsewhere`() {
        let histogram = Histogram([1, 2])
        #expect(histogram.firstCell.tryLock())
        histogram.observe(2)
        let hasPlaces = histogram.stripes.places != nil
        #expect(hasPlaces)
        histogram.firstCell.unlock()
        histogram.observe(1)
        #expect(histogram.value.count == 2)
        #expect(histogram.value.sum == 3)
    }

    @Test func `neighbouring threads have different stripes`() async {
        let stripes = await inParallel(tasks: 2, rounds: 1) { _, _ in Stripes.current }
        #expect(stripes.joined().allSatisfy { $0 < Stripes.count })
    }
}
