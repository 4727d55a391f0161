import Domain
import Testing

@testable import Cryptography

@Suite("A pseudonym is a keyed function of tenant, system and identifier")
struct PseudonymizerTests {
    let key = SymmetricKey(copying: Array(0..<32))

    // Computed with Python 3: urlsafe_b64encode(hmac.new(bytes(range(32)), <length-prefixed parts>, "sha256").digest()[:18]).
    @Test(
        "It equals an independent computation",
        arguments: [
            ("north", "https://hospital.example/mrn", "12345", "p1.sOBr01A_ARkzieg2dncV3hu2"),
            ("south", "https://hospital.example/mrn", "12345", "p1.l2TgblgiuR5rvOR6v2fZZXr1"),
            ("nørth", "urn:é", "Žofie 7", "p1.qJLDuRCb_itHZaY0kcmboUmj"),
        ])
    func knownAnswers(tenant: String, system: String, identifier: String, pseudonym: String) throws {
        let pseudonymizer = try Pseudonymizer(tenant: tenant, key: key, keyVersion: 1)
        #expect(try pseudonymizer.pseudonym(system: system, identifier: identifier).rawValue == pseudonym)
    }

    @Test("A record's opaque name is another than the patient's")
    func opaqueName() throws {
        let pseudonymizer = try Pseudonymizer(tenant: "north", key: key, keyVersion: 3)
        let name = try pseudonymizer.opaqueName(system: "https://hospital.example/mrn", identifier: "12345")
        #expect(name == "h3.GnDgyF3k9mlHOH_Bhk3-PUwJ")
    }

    @Test("Moving a character between the parts changes it")
    func partsAreSeparate() throws {
        let first = try Pseudonymizer(tenant: "ab", key: key, keyVersion: 1).pseudonym(system: "c", identifier: "d")
        let second = try Pseudonymizer(tenant: "a", key: key, keyVersion: 1).pseudonym(system: "bc", identifier: "d")
        let third = try Pseudonymizer(tenant: "ab", key: key, keyVersion: 1).pseudonym(system: "", identifier: "cd")
        #expect(Set([first, second, third]).count == 3)
    }

    @Test("Another key or key version gives another pseudonym")
    func keyMatters() throws {
        let other = SymmetricKey(copying: Array(1..<33))
        let pseudonyms = try [
            Pseudonymizer(tenant: "t", key: key, keyVersion: 1), Pseudonymizer(tenant: "t", key: other, keyVersion: 1),
            Pseudonymizer(tenant: "t", key: key, keyVersion: 2),
        ].map { try $0.pseudonym(system: "s", identifier: "i") }
        #expect(Set(pseudonyms).count == 3)
        #expect(pseudonyms[2].rawValue.hasPrefix("p2."))
    }

    @Test("Weak keys and impossible versions are refused")
    func refusals() {
        let short = #expect(throws: CryptographyError.self) {
            try Pseudonymizer(tenant: "t", key: SymmetricKey(copying: Array(0..<31)), keyVersion: 1)
        }
        #expect(short?.code == .wrongKeyLength)
        #expect(throws: CryptographyError.self) { try Pseudonymizer(tenant: "t", key: key, keyVersion: 0) }
        #expect(throws: CryptographyError.self) { try Pseudonymizer(tenant: "t", key: key, keyVersion: 1_000_000) }
    }
}
