import PrometheusMetrics

/// What goes wrong, by category and code (SPEC section 4).
struct ErrorsSection: Codable, Sendable {
    /// A category and one of its codes, or `other`.
    struct Code: Hashable, Codable, Sendable {
        var category: ErrorCategory
        var code: String

        /// Every known code, and `other` in each category.
        static let all = ErrorCategory.allCases.flatMap { category in
            (category.knownCodes + [BoundedNames.other]).map { Code(category: category, code: $0) }
        }
    }

    /// Errors of a slot by code.
    struct Counts: WindowSlot {
        var byCode: [Code: Int] = [:]

        mutating func merge(_ other: Counts) {
            byCode.merge(other.byCode) { $0 + $1 }
        }

        var total: Int { byCode.values.reduce(0, +) }

        func total(of category: ErrorCategory) -> Int {
            byCode.reduce(0) { $1.key.category == category ? $0 + $1.value : $0 }
        }
    }

    /// Sessions that ended in a slot.
    struct EndedSessions: WindowSlot {
        var ended = 0
        var failed = 0

        mutating func merge(_ other: EndedSessions) {
            ended += other.ended
            failed += other.failed
        }

        /// The share that had an error, in percent; none where none ended.
        var failurePercentage: Double? {
            ended == 0 ? nil : 100 * Double(failed) / Double(ended)
        }
    }

    /// How many errors are kept as they were told.
    static let feedCapacity = 50

    private(set) var totals: [Code: CounterValue] = Dictionary(
        uniqueKeysWithValues: Code.all.map { ($0, CounterValue()) })
    private(set) var lastFiveMinutes = SlidingWindow<Counts>.lastFiveMinutes
    private(set) var lastHour = SlidingWindow<Counts>.lastHour
    private(set) var endedSessions = SlidingWindow<EndedSessions>.lastHour
    private(set) var benign = CountedByKey<BenignError>()
    private(set) var rateLimits = RateLimits()
    private(set) var recentErrors = RecentList<ErrorRecord>(capacity: feedCapacity)

    mutating func apply(_ fact: Fact, at now: Timestamp) {
        switch fact.kind {
        case .error(let code, let record):
            let code = Code(category: record.category, code: code)
            totals[code, default: CounterValue()].increment()
            lastFiveMinutes.update(at: now.monotonic) { $0.byCode[code, default: 0] += 1 }
            lastHour.update(at: now.monotonic) { $0.byCode[code, default: 0] += 1 }
            recentErrors.append(record)
        case .benignError(let error):
            benign.count(error, at: now.monotonic)
        case .rateLimits(let limits):
            rateLimits.take(limits, at: fact.time, now.monotonic)
        case .sessionEnded(let session):
            endedSessions.update(at: now.monotonic) { slot in
                slot.ended += 1
                if session.failed { slot.failed += 1 }
            }
        default:
            break
        }
    }
}

extension ErrorsSection {
    /// Errors per minute, over the last five minutes.
    func perMinute(_ count: Int) -> Double {
        Double(count) / lastFiveMinutes.length.minutes
    }

    /// The numbers that have thresholds, as they stand.
    func readings(at now: Timestamp) -> [Reading] {
        let recent = lastFiveMinutes.merged(at: now.monotonic)
        let sessions = endedSessions.merged(at: now.monotonic)
        return [
            Reading(.errorRate, perMinute(recent.total), samples: recent.total),
            Reading(.sessionFailureRate, sessions.failurePercentage, samples: sessions.ended),
        ]
            + ErrorCategory.allCases.map { category in
                let count = recent.total(of: category)
                return Reading(.errorRate(of: category), perMinute(count), samples: count)
            }
    }
}
