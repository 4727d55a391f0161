import JSONDocument

/// A medication order of the session that is not signed yet.
public struct DraftOrder: Sendable, Equatable {
    /// The relative reference of the order: `MedicationRequest/103`.
    public let reference: String
    /// What is ordered.
    public let medication: MedicationConcept
    /// SNOMED CT concepts of the reasons that the order gives.
    public let reasons: [String]
    /// Whether it is one of the orders that were just selected; true for all at `order-sign`.
    public let isSelected: Bool
}

/// What a medication resource calls its drug: codes with their displays, and texts.
public struct MedicationConcept: Sendable, Hashable {
    /// One coding.
    public struct Coding: Sendable, Hashable {
        /// The URI of the code system; may be empty.
        public let system: String
        /// The code; may be empty.
        public let code: String
        /// The name for people; may be empty.
        public let display: String
    }

    /// The codings in order.
    public let codings: [Coding]
    /// The concept's own text; may be empty.
    public let text: String

    /// The drugs that it names: those of the RxNorm and ATC codes; where no code is known, those named by a display or the text.
    ///
    /// A code that several drugs share counts only when no other says more. Empty when nothing is known.
    public func drugs(in dictionary: DrugDictionary) -> [Drug] {
        var shared: [Drug] = []
        for coding in codings {
            let found = dictionary.drugs(code: coding.code, system: coding.system)
            if found.count == 1 { return withIngredients(found[0], dictionary) }
            if shared.isEmpty { shared = found }
        }
        for name in displays {
            let found = dictionary.drugs(display: name)
            if !found.isEmpty { return found }
        }
        return shared
    }

    /// Whether it is a form that acts where it is put.
    public var isLocal: Bool { displays.contains { DrugDictionary.isLocal(display: $0) } }

    private var displays: [String] { codings.map(\.display).filter { !$0.isEmpty } + (text.isEmpty ? [] : [text]) }

    private func withIngredients(_ drug: Drug, _ dictionary: DrugDictionary) -> [Drug] {
        drug.ingredients.compactMap { dictionary.drug(named: $0) } + [drug]
    }
}

extension MedicationConcept {
    /// The concept of the medication of `resource`: given in it, contained, or in `others` by relative reference.
    ///
    /// nil when there is none that can be read.
    init?(of resource: CDSElement, others: [String: CDSElement]) throws(CDSError) {
        if let concept = try resource.element("medicationCodeableConcept") {
            try self.init(concept)
            return
        }
        guard let reference = try resource.element("medicationReference"),
            let target = try reference.text("reference")
        else { return nil }
        if target.hasPrefix("#") {
            for contained in try resource.elements("contained")
            where try contained.text("id") == String(target.dropFirst()) {
                guard let concept = try contained.element("code") else { return nil }
                try self.init(concept)
                return
            }
        } else if let medication = others[target], let concept = try medication.element("code") {
            try self.init(concept)
            return
        }
        guard let display = try reference.text("display") else { return nil }
        self.init(codings: [], text: display)
    }

    /// The concept that a CodeableConcept writes.
    init(_ concept: CDSElement) throws(CDSError) {
        var codings: [Coding] = []
        for coding in try concept.elements("coding") {
            codings.append(
                Coding(
                    system: try coding.text("system") ?? "", code: try coding.text("code") ?? "",
                    display: try coding.text("display") ?? ""))
        }
        self.init(codings: codings, text: try concept.text("text", atMost: 16_384) ?? "")
    }
}
