/// The buckets that a histogram counts in: classic ones, whose upper bounds one chooses, native ones, which fit any
/// values, or both at once.
///
/// The bounds of classic buckets are in the unit of the observations, finite and strictly ascending; the bucket up to
/// positive infinity is added by itself. Native buckets know a value to within 0.55 % as long as the values differ by
/// less than a million times; only the protobuf format carries them, and the text formats show their sum and count.
public struct Buckets: Sendable {
    /// What is prepared for counting and printing; shared by all histograms of these buckets.
    let layout: BucketLayout

    /// The upper bounds of the classic buckets, inclusive; none where there are only native ones.
    public var bounds: [Double] { layout.bounds }

    /// Whether there are native buckets.
    public let isNative: Bool

    /// Creates classic buckets from bounds that are known only at run time.
    ///
    /// - Throws: `RegistrationError` where there is no bound, or one is not finite or not above its predecessor.
    public init(_ bounds: [Double]) throws(RegistrationError) {
        let ascending = zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }
        guard !bounds.isEmpty, ascending, bounds.allSatisfy(\.isFinite) else {
            throw RegistrationError(.invalidBuckets(bounds))
        }
        self.init(BucketLayout(bounds), isNative: false)
    }

    private init(_ layout: BucketLayout, isNative: Bool) {
        self.layout = layout
        self.isNative = isNative
    }

    /// Native buckets alone.
    public static let native = Buckets(BucketLayout([]), isNative: true)

    /// Native buckets beside classic ones: each observation is counted in both.
    public static func native(beside classic: Buckets) -> Buckets {
        Buckets(classic.layout, isNative: true)
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
    /// Whether the bounds are the same, and both have native buckets or neither.
    public static func == (one: Buckets, other: Buckets) -> Bool {
        one.isNative == other.isNative && (one.layout === other.layout || one.bounds == other.bounds)
    }
}

extension Buckets: ExpressibleByArrayLiteral {
    /// Creates classic buckets from bounds written in the source; a mistake there traps at start and says what is
    /// wrong.
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
    private enum CodingKeys: String, CodingKey {
        case nativeBeside
    }

    /// Reads the bounds and checks them.
    public init(from decoder: any Decoder) throws {
        guard let container = try? decoder.container(keyedBy: CodingKeys.self) else {
            try self.init([Double](from: decoder))
            return
        }
        let bounds = try container.decode([Double].self, forKey: .nativeBeside)
        self = bounds.isEmpty ? .native : .native(beside: try Buckets(bounds))
    }

    /// Writes the bounds: alone, or where there are native buckets as what those stand beside.
    public func encode(to encoder: any Encoder) throws {
        guard isNative else { return try bounds.encode(to: encoder) }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bounds, forKey: .nativeBeside)
    }
}
