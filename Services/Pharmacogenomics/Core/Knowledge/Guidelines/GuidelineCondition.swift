/// When a rule of a guideline holds: all of its requirements together. Without requirements it holds for everybody.
public struct GuidelineCondition: Sendable, Hashable, CustomStringConvertible {
    /// What is asked, in the order of the table.
    public let requirements: [GeneRequirement]

    /// A condition.
    public init(requirements: [GeneRequirement]) {
        self.requirements = requirements
    }

    /// Reads requirements joined by ` & `; an empty text holds for everybody. nil when a part is no requirement.
    public init?(_ text: some StringProtocol) {
        var requirements: [GeneRequirement] = []
        if !text.isEmpty {
            for part in text.split(separator: " & ", omittingEmptySubsequences: false) {
                guard let requirement = GeneRequirement(part) else { return nil }
                requirements.append(requirement)
            }
        }
        self.init(requirements: requirements)
    }

    /// The genes that are asked about, each once, in the order of the table.
    public var genes: [GeneSymbol] {
        var genes: [GeneSymbol] = []
        for requirement in requirements where !genes.contains(requirement.gene) { genes.append(requirement.gene) }
        return genes
    }

    /// The text form that the initialiser reads.
    public var description: String { requirements.map(\.description).joined(separator: " & ") }
}
