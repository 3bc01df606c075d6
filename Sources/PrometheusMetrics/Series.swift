/// What all samples of one child have in common, in the form in which they are printed.
///
/// It points into memory that a `SeriesList` owns, so that a scrape passes over thousands of children without counting
/// references.
struct Series: @unchecked Sendable {
    /// The beginning of the lines: `name{labels} ` where a child has one sample; for a histogram `name_bucket{labels,`,
    /// which the bounds complete. In protobuf the fields of the labels.
    let prefix: UnsafeBufferPointer<UInt8>
    /// The bytes of the family's name at the beginning of the lines.
    let nameLength: Int

    /// No child's.
    static let none = Series(prefix: UnsafeBufferPointer(start: nil, count: 0), nameLength: 0)

    /// The family's name.
    var name: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: prefix[..<nameLength]) }

    /// The family's name in OpenMetrics, where it is a counter's: without `_total`.
    var counterName: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: prefix[..<(nameLength - "_total".utf8.count)])
    }

    /// What follows the name where a child has one sample: `{labels} ` or a space.
    var labels: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: prefix[nameLength...]) }

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

    init(_ descriptor: AnyFamilyDescriptor, _ children: [[LabelPair]], _ format: ExpositionFormat) {
        var bytes: [UInt8] = []
        var ends = [0]
        ends.reserveCapacity(children.count + 1)
        for labels in children {
            switch format {
            case .text, .openMetrics: Self.append(descriptor, RenderedLabels(labels), to: &bytes)
            case .protobuf: bytes.append(labels: labels)
            }
            ends.append(bytes.count)
        }
        self.bytes = .allocate(capacity: bytes.count)
        _ = self.bytes.initialize(from: bytes)
        self.ends = ends
        nameLength = descriptor.name.utf8.count
    }

    private static func append(_ descriptor: AnyFamilyDescriptor, _ labels: RenderedLabels, to bytes: inout [UInt8]) {
        let hasLabels = !labels.text.isEmpty
        bytes.append(contentsOf: descriptor.name.utf8)
        if descriptor.type == .histogram {
            bytes.append(contentsOf: bucketSuffix.utf8)
            bytes.append(UInt8(ascii: "{"))
            bytes.append(contentsOf: labels.text)
            if hasLabels { bytes.append(UInt8(ascii: ",")) }
        } else {
            if hasLabels { bytes.append(UInt8(ascii: "{")) }
            bytes.append(contentsOf: labels.text)
            bytes.append(contentsOf: hasLabels ? "} ".utf8 : " ".utf8)
        }
    }

    deinit { bytes.deallocate() }

    /// The series of a child, by its position. It must not outlive the list.
    subscript(position: Int) -> Series {
        Series(
            prefix: UnsafeBufferPointer(rebasing: bytes[ends[position]..<ends[position + 1]]), nameLength: nameLength)
    }
}
