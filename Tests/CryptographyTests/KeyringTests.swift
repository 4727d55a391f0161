import Testing

@testable import Cryptography

@Suite("What a keyring seals opens only unchanged, in its place and with its key")
struct KeyringTests {
    let context = SealingContext(table: "document", column: "body", row: "17")
    let secret = Array("systolic 142".utf8)

    private func ring(_ id: String = "k1", retired: [String: SymmetricKey] = [:]) throws -> Keyring {
        try Keyring(
            keyID: id, key: SymmetricKey(copying: [UInt8](repeating: UInt8(id.utf8.count), count: 32)), retired: retired
        )
    }

    @Test("A sealed value opens to itself, empty ones too", arguments: [0, 1, 15, 16, 17, 4096])
    func roundTrip(size: Int) throws {
        let ring = try ring()
        let plaintext = [UInt8](repeating: 7, count: size)
        let sealed = try ring.seal(plaintext, context: context)
        #expect(try ring.open(sealed, context: context) == plaintext)
        #expect(try Keyring.keyID(of: sealed) == "k1")
        #expect(sealed.count == 2 + 2 + 12 + size + 16)
    }

    @Test("No two seals of one value are equal")
    func nonceIsRandom() throws {
        let ring = try ring()
        #expect(try ring.seal(secret, context: context) != ring.seal(secret, context: context))
    }

    @Test("Every single flipped bit is noticed")
    func tampering() throws {
        let ring = try ring()
        let sealed = try ring.seal(secret, context: context)
        for bit in 0..<sealed.count * 8 {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CryptographyError.self) { try ring.open(changed, context: context) }
        }
    }

    @Test("Every prefix is refused")
    func truncation() throws {
        let ring = try ring()
        let sealed = try ring.seal(secret, context: context)
        for count in 0..<sealed.count {
            #expect(throws: CryptographyError.self) { try ring.open(Array(sealed.prefix(count)), context: context) }
        }
    }

    @Test("A value moved to another table, column, row or version does not open")
    func contextIsBound() throws {
        let ring = try ring()
        let sealed = try ring.seal(secret, context: context)
        let others = [
            SealingContext(table: "documen", column: "tbody", row: "17"),
            SealingContext(table: "document", column: "body", row: "18"),
            SealingContext(table: "document", column: "title", row: "17"),
            SealingContext(table: "document", column: "body", row: "17", version: 2),
            SealingContext(bytes: []),
        ]
        for other in others {
            let error = #expect(throws: CryptographyError.self) { try ring.open(sealed, context: other) }
            #expect(error?.code == .notAuthentic)
        }
    }

    @Test("A retired key still opens; a missing one is named")
    func rotation() throws {
        let old = SymmetricKey(copying: [UInt8](repeating: 2, count: 32))
        let sealed = try Keyring(keyID: "k1", key: old).seal(secret, context: context)
        let rotated = try ring("k2-new", retired: ["k1": old])
        #expect(try rotated.open(sealed, context: context) == secret)
        #expect(try Keyring.keyID(of: rotated.seal(secret, context: context)) == "k2-new")
        let error = #expect(throws: CryptographyError.self) { try ring("k2-new").open(sealed, context: context) }
        #expect(error?.code == .unknownKey)
        #expect(error?.detail == "k1")
    }

    @Test("Keys of another length and unusable names are refused")
    func refusals() throws {
        let short = #expect(throws: CryptographyError.self) {
            try Keyring(keyID: "k1", key: SymmetricKey(copying: [1, 2, 3]))
        }
        #expect(short?.code == .wrongKeyLength)
        for id in ["", "a b", "clé", String(repeating: "k", count: 65)] {
            let error = #expect(throws: CryptographyError.self) { try ring(id) }
            #expect(error?.code == .invalidKeyID)
        }
    }
}

@Suite("A key is never printed")
struct SymmetricKeyTests {
    @Test("Description, reflection and dump show nothing")
    func redaction() throws {
        let key = SymmetricKey(copying: Array("0123456789abcdef0123456789abcdef".utf8))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains("0123"))
            #expect(!text.contains("48"))
        }
    }

    @Test("Hexadecimal keys have 64 digits")
    func hexadecimal() throws {
        let text = String(repeating: "0f", count: 32)
        #expect(try SymmetricKey(hexadecimal: text).withUnsafeBytes { Array($0) } == [UInt8](repeating: 15, count: 32))
        for wrong in [
            "", "0f", String(text.dropLast()), text + "0", String(repeating: "g", count: 64), "０" + text.dropFirst(),
        ] {
            let error = #expect(throws: CryptographyError.self) { try SymmetricKey(hexadecimal: wrong) }
            #expect(error?.code == .wrongKeyLength)
        }
    }

    @Test("Random keys differ")
    func random() throws {
        let first = try SymmetricKey(randomByteCount: 32).withUnsafeBytes { Array($0) }
        let second = try SymmetricKey(randomByteCount: 32).withUnsafeBytes { Array($0) }
        #expect(first.count == 32 && first != second)
    }
}
