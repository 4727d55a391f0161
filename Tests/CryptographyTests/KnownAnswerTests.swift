import Testing

@testable import Cryptography

@Suite("Primitives give the published answers")
struct KnownAnswerTests {
    struct HMACCase: Sendable, CustomTestStringConvertible {
        let number: Int
        let key: [UInt8]
        let data: [UInt8]
        let code: String
        var testDescription: String { "RFC 4231 test case \(number)" }
    }

    // RFC 4231, section 4. Case 5 is left out: it tests truncation to 128 bits.
    static let hmacCases = [
        HMACCase(
            number: 1, key: [UInt8](repeating: 0x0B, count: 20), data: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        HMACCase(
            number: 2, key: Array("Jefe".utf8), data: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        HMACCase(
            number: 3, key: [UInt8](repeating: 0xAA, count: 20), data: [UInt8](repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        HMACCase(
            number: 4, key: Array(1...25), data: [UInt8](repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        HMACCase(
            number: 6, key: [UInt8](repeating: 0xAA, count: 131),
            data: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        HMACCase(
            number: 7, key: [UInt8](repeating: 0xAA, count: 131),
            data: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test("HMAC-SHA-256", arguments: hmacCases)
    func hmac(test: HMACCase) throws {
        let key = SymmetricKey(copying: test.key)
        #expect(try HMACSHA256.code(of: test.data, key: key) == hex(test.code))
        #expect(try HMACSHA256.isValid(hex(test.code), for: test.data, key: key))
        #expect(try !HMACSHA256.isValid(hex(test.code), for: test.data + [0], key: key))
        #expect(try !HMACSHA256.isValid(Array(hex(test.code).dropLast()), for: test.data, key: key))
    }

    @Test("An empty key is a key, not the previous one")
    func emptyKey() throws {
        // Computed with Python 3: hmac.new(b"", b"", "sha256").
        let code = try HMACSHA256.code(of: [], key: SymmetricKey(copying: []))
        #expect(code == hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"))
    }

    @Test("SHA-256 of the FIPS 180-4 examples")
    func sha256() throws {
        let abc = try SHA256Digest.hexadecimal(Array("abc".utf8))
        #expect(abc == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let empty = try SHA256Digest.hexadecimal([])
        #expect(empty == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    struct GCMCase: Sendable, CustomTestStringConvertible {
        let number: Int
        let key: String
        let nonce: String
        let plaintext: String
        let context: String
        let ciphertext: String
        let tag: String
        var testDescription: String { "GCM specification test case \(number)" }
    }

    // D. McGrew, J. Viega, "The Galois/Counter Mode of Operation (GCM)", appendix B: the AES-256 cases that were submitted to NIST.
    static let zeros = String(repeating: "0", count: 64)
    static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    static let plaintext =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
    static let ciphertext =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
    static let gcmCases = [
        GCMCase(
            number: 13, key: zeros, nonce: String(zeros.prefix(24)), plaintext: "", context: "", ciphertext: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        GCMCase(
            number: 14, key: zeros, nonce: String(zeros.prefix(24)), plaintext: String(zeros.prefix(32)), context: "",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        GCMCase(
            number: 15, key: key, nonce: "cafebabefacedbaddecaf888", plaintext: plaintext, context: "",
            ciphertext: ciphertext, tag: "b094dac5d93471bdec1a502270e3cc6c"),
        GCMCase(
            number: 16, key: key, nonce: "cafebabefacedbaddecaf888", plaintext: String(plaintext.dropLast(8)),
            context: "feedfacedeadbeeffeedfacedeadbeefabaddad2", ciphertext: String(ciphertext.dropLast(8)),
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test("AES-256-GCM", arguments: gcmCases)
    func gcm(test: GCMCase) throws {
        let key = SymmetricKey(copying: hex(test.key))
        let (ciphertext, tag) = try AESGCM.encrypt(
            hex(test.plaintext), key: key, nonce: hex(test.nonce), authenticating: hex(test.context))
        #expect(ciphertext == hex(test.ciphertext))
        #expect(tag == hex(test.tag))
        let opened = try AESGCM.decrypt(
            hex(test.ciphertext), tag: hex(test.tag), key: key, nonce: hex(test.nonce),
            authenticating: hex(test.context))
        #expect(opened == hex(test.plaintext))
    }
}
