/// A code with its system and its name for people.
struct CodedConcept: Equatable, Sendable {
    let code: String
    let system: String
    let display: String

    static let loincSystem = "http://loinc.org"

    static func loinc(_ code: String, _ display: String) -> CodedConcept {
        CodedConcept(code: code, system: loincSystem, display: display)
    }
}
