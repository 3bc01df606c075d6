import HTTPTypes
import Hummingbird
import HummingbirdCore

extension ServedFile {
    /// The file, compressed where the request asks for it, or 304 where the client has it already.
    func response(to request: Request, headers: HTTPFields) -> Response {
        let isCompressed = request.wantsGzip
        // The two encodings are different bytes, so they have different strong tags (RFC 9110, section 8.8.3).
        let tag = "\"\(String(checksum, radix: 16))\(isCompressed ? "-gzip" : "")\""
        var headers = headers
        headers[.contentType] = contentType
        headers[.vary] = "Accept-Encoding"
        headers[.eTag] = tag
        if request.matches(tag: tag) { return Response(status: .notModified, headers: headers) }
        if isCompressed { headers[.contentEncoding] = "gzip" }
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: isCompressed ? compressed : plain))
    }
}

extension Request {
    /// Whether the client has the content of a tag already (RFC 9110, section 13.1.2).
    fileprivate func matches(tag: String) -> Bool {
        headers[values: .ifNoneMatch].joined(separator: ",").split(separator: ",").contains { candidate in
            let candidate = candidate.filter { !$0.isWhitespace }
            return candidate == "*" || candidate == tag || candidate == "W/\(tag)"
        }
    }
}
