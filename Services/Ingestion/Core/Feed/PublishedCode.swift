import Domain

/// The code that an observation is published under: a vital sign's own LOINC code when a sent coding names one, else the preferred coding as sent.
///
/// The fact's identity is made of ``sent``, so that it stays the same when ``CanonicalCode`` learns more codes.
struct PublishedCode: Equatable {
    /// The coding that was sent; of several, the one that the format prefers.
    let sent: CodedConcept
    /// The code to publish. The sent display stays where the code does.
    let concept: CodedConcept
    /// The sent coding that was mapped to ``concept``, when that is another; nil when nothing was mapped. Where the mapped coding is the canonical
    /// one already, and ``sent`` is not, it is ``sent``.
    let original: CodedConcept?

    /// The LOINC code of what was observed, or empty: for units.
    var loinc: String { concept.system == LOINC.system ? concept.code : "" }

    /// Asks `sent`, then each of `codings` in order, for the vital sign that it names; the first answer counts.
    init(_ sent: CodedConcept, of codings: [CodedConcept] = []) {
        self.sent = sent
        guard let (sign, mapped) = Self.vital(sent, codings) else {
            concept = sent
            original = nil
            return
        }
        let isCanonical = mapped.code == sign.rawValue && mapped.system == LOINC.system
        if isCanonical, mapped == sent {
            concept = sent
            original = nil
            return
        }
        let keepsDisplay = mapped.code == sign.rawValue && !mapped.display.isEmpty
        concept = .loinc(sign.rawValue, keepsDisplay ? mapped.display : sign.display)
        original = isCanonical ? sent : mapped
    }

    private static func vital(_ sent: CodedConcept, _ codings: [CodedConcept]) -> (VitalSign, CodedConcept)? {
        if let sign = CanonicalCode.vital(for: sent.system, sent.code) { return (sign, sent) }
        for coding in codings {
            if let sign = CanonicalCode.vital(for: coding.system, coding.code) { return (sign, coding) }
        }
        return nil
    }
}
