/// The upper bounds of a classic histogram's buckets, in the unit of the observations.
///
/// They are finite and strictly ascending; the bucket up to positive infinity is added by itself.
public struct Buckets: Sendable {
    /// What is prepared for counting and printing; shared by all histograms of these buckets.
    let layout: BucketLayout

    /// The upper bounds, inclusive.
    public var bounds: [Double] { layout.bounds }

    /// Creates buckets from bounds that are known only at run time.
    ///
    /// - Throws: `RegistrationError` where there is no bound, or one is not finite or not above its predecessor.
    public init(_ bounds: [Double]) throws(RegistrationError) {
        let ascending = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
        guard !bounds.isEmpty, ascending, bounds.allSatisfy(\.isFinite) else {
            throw RegistrationError(.invalidBuckets(bounds))
        }
        layout = BucketLayout(bounds)
    }
}

extension Buckets {
    /// Bounds for durations of requests in seconds, from 5 ms to 10 s: those that most Prometheus clients begin with.
    public static let durations: Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Bounds at equal distances.
    ///
    /// - Throws: `RegistrationError` where there is no bound, or they do not ascend.
    public static func linear(
        from start: Double, by width: Double, count: Int
    ) throws(RegistrationError) -> Buckets {
        try Buckets((0..<max(0, count)).map { start + Double($0) * width })
    }

    /// Bounds of which each is a multiple of the one before.
    ///
    /// - Throws: `RegistrationError` where there is no bound, or they do not ascend.
    public static func exponential(
        from start: Double, by factor: Double, count: Int
    ) throws(RegistrationError) -> Buckets {
        try Buckets(Array(sequence(first: start) { $0 * factor }.prefix(max(0, count))))
    }
}

extension Buckets: Equatable {
    /// Whether the bounds are the same.
    public static func == (one: Buckets, other: Buckets) -> Bool {
        one.layout === other.layout || one.bounds == other.bounds
    }
}

extension Buckets: ExpressibleByArrayLiteral {
    /// Creates buckets from bounds written in the source; a mistake there traps at start and says what is wrong.
    public init(arrayLiteral elements: Double...) {
        do {
            try self.init(elements)
        } catch {
            // Unlike a precondition, this says why in optimized builds too.
            fatalError(error.description)
        }
    }
}

extension Buckets: Codable {
    /// Reads the bounds and checks them.
    public init(from decoder: any Decoder) throws {
        try self.init([Double](from: decoder))
    }

    /// Writes the bounds.
    public func encode(to encoder: any Encoder) throws {
        try bounds.encode(to: encoder)
    }
}
