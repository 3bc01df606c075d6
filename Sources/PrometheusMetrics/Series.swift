/// What all sample lines of one child have in common.
///
/// It points into memory that a `SeriesList` owns, so that a scrape passes over thousands of children without counting
/// references.
struct Series: @unchecked Sendable {
    /// The beginning of the lines: `name{labels} ` where a child has one sample; for a histogram `name_bucket{labels,`,
    /// which the bounds complete.
    let prefix: UnsafeBufferPointer<UInt8>
    /// The bytes of the family's name at the beginning of the prefix.
    let nameLength: Int

    /// No child's.
    static let none = Series(prefix: UnsafeBufferPointer(start: nil, count: 0), nameLength: 0)

    /// The family's name.
    var name: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: prefix[..<nameLength]) }

    /// The labels of a histogram with the brace before them; empty where there are none.
    var histogramLabels: UnsafeBufferPointer<UInt8> {
        // Behind the labels stands a comma; without labels there is only the brace.
        UnsafeBufferPointer(rebasing: prefix[(nameLength + SeriesList.bucketSuffix.utf8.count)..<prefix.count - 1])
    }

    /// The most bytes of all bucket lines of a histogram together.
    func maximumLength(of layout: BucketLayout) -> Int {
        layout.bucketCount * (prefix.count + NumberText.maximumLength + 1) + layout.textLength
    }
}

/// The series of a family's children, rendered once.
final class SeriesList: @unchecked Sendable {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let ends: [Int]
    private let nameLength: Int

    fileprivate static let bucketSuffix = "_bucket"

    init(_ descriptor: AnyFamilyDescriptor, _ children: some Collection<RenderedLabels>) {
        let isHistogram = descriptor.type == .histogram
        let start = Array((descriptor.name + (isHistogram ? Self.bucketSuffix : "")).utf8)
        nameLength = descriptor.name.utf8.count
        var bytes: [UInt8] = []
        var ends = [0]
        bytes.reserveCapacity(children.reduce(0) { $0 + start.count + $1.text.count + 3 })
        ends.reserveCapacity(children.count + 1)
        for labels in children {
            let hasLabels = !labels.text.isEmpty
            bytes.append(contentsOf: start)
            if isHistogram || hasLabels { bytes.append(UInt8(ascii: "{")) }
            bytes.append(contentsOf: labels.text)
            bytes.append(contentsOf: (isHistogram ? (hasLabels ? "," : "") : (hasLabels ? "} " : " ")).utf8)
            ends.append(bytes.count)
        }
        self.bytes = .allocate(capacity: bytes.count)
        _ = self.bytes.initialize(from: bytes)
        self.ends = ends
    }

    deinit { bytes.deallocate() }

    /// The series of a child, by its position. It must not outlive the list.
    subscript(position: Int) -> Series {
        Series(
            prefix: UnsafeBufferPointer(rebasing: bytes[ends[position]..<ends[position + 1]]), nameLength: nameLength)
    }
}
