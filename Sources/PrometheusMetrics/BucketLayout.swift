/// The bounds of classic buckets, prepared once for the two things that are done with them all the time: finding the
/// bucket of a value, and printing the bounds.
final class BucketLayout: @unchecked Sendable {
    /// The upper bounds, finite and strictly ascending.
    let bounds: [Double]

    let search: BucketSearch

    /// `le="0.5"} ` for each bound and for infinity, one after the other.
    private let text: UnsafeMutablePointer<UInt8>
    /// Where the text of each bound begins, and where the last ends.
    private let textEnds: [Int]

    init(_ bounds: [Double]) {
        self.bounds = bounds
        search = BucketSearch(bounds)

        var text: [UInt8] = []
        var textEnds = [0]
        for bound in bounds + [.infinity] {
            text.append(contentsOf: #"le=""#.utf8)
            NumberText.appendBound(bound, to: &text)
            text.append(contentsOf: "\"} ".utf8)
            textEnds.append(text.count)
        }
        self.text = .allocate(capacity: text.count)
        self.text.initialize(from: text, count: text.count)
        self.textEnds = textEnds
    }

    deinit {
        search.deallocate()
        text.deallocate()
    }

    /// The number of buckets, that up to infinity included.
    var bucketCount: Int { bounds.count + 1 }

    /// `le="0.5"} `, for the bucket's bound.
    func text(ofBucket bucket: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text + textEnds[bucket], count: textEnds[bucket + 1] - textEnds[bucket])
    }

    /// The bytes of all texts together.
    var textLength: Int { textEnds[bucketCount] }
}
