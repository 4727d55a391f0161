import Domain
import Testing

@Suite("A pseudonym has at most 64 harmless characters")
struct PatientPseudonymTests {
    @Test(
        "It keeps its text",
        arguments: ["p1.sOBr01A_ARkzieg2dncV3hu2", "a", "A-Z_0.9", String(repeating: "x", count: 64)])
    func accepted(text: String) {
        #expect(PatientPseudonym(text)?.rawValue == text)
        #expect(PatientPseudonym(text).map { "\($0)" } == text)
    }

    @Test(
        "Other texts are refused",
        arguments: ["", " ", "a b", "a/b", "a\n", "é", "a\0", "p1:x", "a'b", "a\"", String(repeating: "x", count: 65)])
    func refused(text: String) {
        #expect(PatientPseudonym(text) == nil)
    }
}
