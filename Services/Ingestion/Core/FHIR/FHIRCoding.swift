/// Reading CodeableConcepts.
enum FHIRCoding {
    static let snomed = "http://snomed.info/sct"
    static let rxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm"

    /// The concept's coding in the first of the `preferred` systems that it has, else its first coding with a code and a system.
    ///
    /// A concept with text alone cannot be computed with and is refused with `code-uncoded`.
    static func concept(_ element: FHIRElement, preferring preferred: [String]) throws(FeedRejection) -> CodedConcept {
        let text = try element.string("text")
        var best: (rank: Int, concept: CodedConcept)?
        for coding in try element.elements("coding") {
            let code = try coding.code("code")
            let system = try coding.boundedString("system")
            let display = try coding.string("display")
            guard let code, let system else { continue }
            let rank = preferred.firstIndex(of: system) ?? preferred.count
            guard best == nil || rank < (best?.rank ?? 0) else { continue }
            let concept = CodedConcept(code: code, system: system, display: FactText.display(display ?? text ?? ""))
            best = (rank, concept)
        }
        guard let best else {
            throw element.rejection("code-uncoded", "coding", "must have a coding with code and system")
        }
        return best.concept
    }
}
