import NIOHTTP1

/// What the head of a request settles about its answer and about what becomes of the connection. Requests further up
/// have no version.
struct RequestTerms: Equatable {
    /// Whether the request is one of HTTP/1.0.
    let isOld: Bool
    /// Whether the client says that it is its last request, or goes on in another protocol, which nobody here speaks.
    let isLast: Bool
    /// Whether the client waits for a word before it sends its body, and may send it.
    let expectsContinue: Bool

    /// The terms before the first request.
    static let initial = RequestTerms(isOld: false, isLast: false, expectsContinue: false)

    private init(isOld: Bool, isLast: Bool, expectsContinue: Bool) {
        self.isOld = isOld
        self.isLast = isLast
        self.expectsContinue = expectsContinue
    }

    /// - Throws: `RequestFailure` with 400 for a head that must not be taken: one whose `Host` is missing, which only
    ///   HTTP/1.0 allows, or cannot be one or is there twice (RFC 9112, section 3.2), and one of HTTP/1.0 with a coding
    ///   of HTTP/1.1 (section 6.1).
    init(_ head: HTTPRequestHead, maximumBodySize: Int) throws(RequestFailure) {
        isOld = head.version.minor == 0
        let hosts = head.headers["Host"]
        guard hosts.count == 1 || hosts.isEmpty && isOld else {
            throw .lastBadRequest("There must be one Host header.", field: "Host")
        }
        guard hosts.allSatisfy({ HostHeader.isValid($0) }) else {
            throw .lastBadRequest("This cannot be a host.", field: "Host")
        }
        guard !isOld || !head.headers.contains(name: "Transfer-Encoding") else {
            throw .lastBadRequest("HTTP/1.0 has no transfer codings.", field: "Transfer-Encoding")
        }
        let options = head.headers[canonicalForm: "Connection"].map { $0.lowercased() }
        isLast = !head.isKeepAlive || head.method == .CONNECT || options.contains { $0.contains("upgrade") }
        // RFC 9110, section 10.1.1.
        expectsContinue =
            !isOld && head.headers[canonicalForm: "Expect"].map { $0.lowercased() } == ["100-continue"]
            && ContentLength.isWithin(maximumBodySize, head.headers.first(name: "Content-Length"))
    }

    /// Fits the head of the answer to the request's version (RFC 9112, section 9.3), and says whether the connection
    /// ends after the answer: as either side asks, and where HTTP/1.0 cannot tell the end of the answer otherwise.
    func fit(_ response: inout HTTPResponseHead) -> Bool {
        let isOpenEnded = isOld && !response.headers.contains(name: "Content-Length")
        let closes = isLast || isOpenEnded || response.headers["Connection"] == ["close"]
        if isOld { response.version = .http1_0 }
        if closes {
            response.headers.replaceOrAdd(name: "Connection", value: "close")
        } else if isOld {
            response.headers.replaceOrAdd(name: "Connection", value: "keep-alive")
        }
        return closes
    }
}
