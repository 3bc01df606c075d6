import Testing

@testable import VoiceMonitoring

@Suite struct SipHashTests {
    /// The key is the bytes 0 to 15; the digests are those of OpenSSL's SIPHASH with 16 bytes.
    @Test(arguments: [
        ("", "a3817f04ba25a8e66df67214c7550293"),
        ("a", "0ea4f2fb02ad21d92d5fc91684f26426"),
        ("evt-1", "009c043ab091d02e61d5f406ce0ce7f6"),
        ("01234567", "04a532059cada5f615b3ee5722f0af6b"),
        ("0123456789abcdef-é", "b439b564e694f77d324faec0e2bc8f43"),
    ])
    func `a digest equals that of an independent implementation`(text: String, expected: String) {
        let hash = SipHash(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
        let digest = hash.digest(text)
        let bytes = [digest.low, digest.high].flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
        #expect(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
    }
}
