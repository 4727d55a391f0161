/// Reading CodeableConcepts.
enum FHIRCoding {
    static let snomed = "http://snomed.info/sct"
    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    static let cvx = "http://hl7.org/fhir/sid/cvx"
    static let atc = "http://www.whocc.no/atc"

    /// The concept's coding in the first of the `preferred` systems that it has, else its first coding with a code and a system.
    ///
    /// A concept with text alone is legal and cannot be computed with: `code-uncoded`, archived.
    static func concept(_ element: FHIRElement, preferring preferred: [String]) throws -> CodedConcept {
        guard let best = try best(of: element, preferring: preferred) else {
            throw element.unmapped("code-uncoded", "coding", "no fact without a coding with code and system")
        }
        return best
    }

    /// The code that an Observation is published under: ``concept(_:preferring:)``, or the vital sign's that a coding names.
    static func published(_ element: FHIRElement, preferring preferred: [String]) throws -> PublishedCode {
        let codings = try codings(of: element)
        guard let best = best(of: codings, preferring: preferred) else {
            throw element.unmapped("code-uncoded", "coding", "no fact without a coding with code and system")
        }
        return PublishedCode(best, of: codings)
    }

    /// As ``concept(_:preferring:)``, nil when no coding has a code and a system.
    static func best(
        of element: FHIRElement, preferring preferred: [String]
    ) throws(FeedRejection) -> CodedConcept? {
        best(of: try codings(of: element), preferring: preferred)
    }

    private static func best(of codings: [CodedConcept], preferring preferred: [String]) -> CodedConcept? {
        var best: (rank: Int, concept: CodedConcept)?
        for coding in codings {
            let rank = preferred.firstIndex(of: coding.system) ?? preferred.count
            guard best == nil || rank < (best?.rank ?? 0) else { continue }
            best = (rank, coding)
        }
        return best?.concept
    }

    /// The codings with a code and a system, in order.
    private static func codings(of element: FHIRElement) throws(FeedRejection) -> [CodedConcept] {
        let text = try element.string("text")
        var codings: [CodedConcept] = []
        for coding in try element.elements("coding") {
            let code = try coding.code("code")
            let system = try coding.boundedString("system")
            let display = try coding.string("display")
            guard let code, let system else { continue }
            codings.append(
                CodedConcept(code: code, system: system, display: FactText.display(display ?? text ?? "")))
        }
        return codings
    }

    /// The first coding that has a code; empty texts when there is none.
    static func first(
        of concept: FHIRElement
    ) throws(FeedRejection) -> (code: String, system: String, display: String) {
        let text = try concept.string("text")
        for coding in try concept.elements("coding") {
            guard let code = try coding.code("code") else { continue }
            return (
                code, try coding.boundedString("system") ?? "",
                FactText.display(try coding.string("display") ?? text ?? "")
            )
        }
        return ("", "", FactText.display(text ?? ""))
    }

    /// Whether the concept has the coding `code` of `system`.
    static func has(_ code: String, _ system: String, in concept: FHIRElement) throws(FeedRejection) -> Bool {
        for coding in try concept.elements("coding") {
            if try coding.string("code") == code, try coding.string("system") == system { return true }
        }
        return false
    }
}
