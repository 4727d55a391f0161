/// The inhibitors and inducers of the enzymes, by drug.
public struct InteractionTable: Sendable {
    /// All interactions in the order of the table.
    public let interactions: [Interaction]

    private let byDrug: [String: [Int]]

    /// Reads `interactions.tsv`.
    ///
    /// - Throws: ``KnowledgeError`` with the line when a field is malformed, a drug is not in the dictionary, or a drug has two
    ///   rows for one gene and effect.
    public init(tables: KnowledgeTables, dictionary: DrugDictionary) throws(KnowledgeError) {
        let table = try tables.table("interactions.tsv")
        let drug = try table.column("drug")
        let gene = try table.column("gene")
        let effect = try table.column("effect")
        let strength = try table.column("strength")
        let onset = try table.column("onset_days")
        let washout = try table.column("washout_days")
        let source = try table.column("source")
        var interactions: [Interaction] = []
        var byDrug: [String: [Int]] = [:]
        for row in 0..<table.rowCount {
            let interaction = Interaction(
                drug: try table.drugName(row, drug, in: dictionary),
                gene: try table.gene(row, gene),
                effect: try table.word(row, effect),
                strength: try table.word(row, strength),
                onsetDays: try table.amount(row, onset),
                washoutDays: try table.amount(row, washout),
                source: try table.requiredText(row, source))
            let others = byDrug[interaction.drug, default: []].map { interactions[$0] }
            if others.contains(where: { $0.gene == interaction.gene && $0.effect == interaction.effect }) {
                throw table.error(
                    row, gene,
                    "\(interaction.drug) has a row for \(interaction.gene) \(interaction.effect.rawValue) already",
                    code: .duplicate)
            }
            byDrug[interaction.drug, default: []].append(interactions.count)
            interactions.append(interaction)
        }
        self.interactions = interactions
        self.byDrug = byDrug
    }

    /// What a drug, by its name in the dictionary, does to the enzymes; empty when nothing is known.
    public func interactions(of drug: String) -> [Interaction] {
        (byDrug[drug] ?? []).map { interactions[$0] }
    }

    /// The genes that any drug of the table acts on, in order.
    public var genes: [GeneSymbol] { Set(interactions.map(\.gene)).sorted() }
}
