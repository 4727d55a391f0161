/// The line that the offline face prints for one gene of one sample, as JSON or as tab-separated text.
///
/// Members, in this order: `sample`, `gene`, `status` (`called`, `ambiguous`, `no-match`, `not-callable`, `outside`), `diplotypes` (best first, at
/// most 64, each with `diplotype`, `weight`, `phenotype`, `activity_score`, `score`), `missing_positions` and `novel` (`10:94781859:G>T`);
/// then, additively, `diplotype_count`, `haplotypes`, `phenotypes` (of the whole set, each with its weight), `coverage`, `phased`, `remarks`
/// and `knowledge_version`.
public struct CallLine: Sendable {
    private let assigner: PhenotypeAssigner
    private let catalog: GeneCatalog
    private let version: String

    /// Lines of a release.
    public init(knowledge: KnowledgeBase, assigner: PhenotypeAssigner) {
        self.assigner = assigner
        catalog = knowledge.genes
        version = knowledge.version
    }

    /// The columns of the tab-separated form.
    public static let columns =
        "sample\tgene\tstatus\tdiplotype\tweight\tphenotype\tactivity_score\tdiplotype_count\tmissing_positions\tnovel\tremarks"

    /// The JSON of a gene's call, without a line end.
    ///
    /// - Parameter remarks: what the intake has to say of the sample, all genes.
    public func json(sample: String, phenotype: GenePhenotype, remarks: [IntakeRemark]) -> [UInt8] {
        var line = LineText()
        let call = phenotype.call
        line.object { line in
            line.key("sample")
            line.text(sample)
            line.key("gene")
            line.text(call.gene.rawValue)
            line.key("status")
            line.text(call.status.rawValue)
            line.key("diplotypes")
            line.array { line in
                for candidate in call.candidates { write(candidate, of: call, into: &line) }
            }
            line.key("missing_positions")
            line.texts(missing(call))
            line.key("novel")
            line.texts(novel(call))
            line.key("diplotype_count")
            line.number(call.diplotypeCount)
            line.key("haplotypes")
            line.texts(call.haplotypes.map(\.name))
            line.key("phenotypes")
            line.array { line in
                for outcome in phenotype.outcomes { Self.write(outcome, into: &line) }
            }
            line.key("coverage")
            line.number(call.coverage)
            line.key("phased")
            line.bool(call.isPhased)
            line.key("remarks")
            line.texts(self.remarks(call, phenotype, remarks))
            line.key("knowledge_version")
            line.text(version)
        }
        return line.bytes
    }

    /// The same as tab-separated text: one row a diplotype, one when there is none.
    public func rows(sample: String, phenotype: GenePhenotype, remarks: [IntakeRemark]) -> [String] {
        let call = phenotype.call
        let rest = [
            String(call.diplotypeCount), missing(call).joined(separator: ";"), novel(call).joined(separator: ";"),
            self.remarks(call, phenotype, remarks).joined(separator: ";"),
        ]
        let head = [sample, call.gene.rawValue, call.status.rawValue]
        guard !call.candidates.isEmpty else {
            let outcome = phenotype.outcomes.first
            let cells = ["", "", outcome?.phenotype ?? "", Self.text(outcome?.activityScore)]
            return [(head + cells + rest).map(Self.cell).joined(separator: "\t")]
        }
        return call.candidates.map { candidate in
            let meaning = meaning(of: candidate, call)
            let cells = [
                candidate.name, Self.text(candidate.weight), meaning?.phenotype ?? "", Self.text(meaning?.score),
            ]
            return (head + cells + rest).map(Self.cell).joined(separator: "\t")
        }
    }

    // MARK: - Parts

    private func write(_ candidate: DiplotypeCandidate, of call: GeneCall, into line: inout LineText) {
        let meaning = meaning(of: candidate, call)
        line.object { line in
            line.key("diplotype")
            line.text(candidate.name)
            line.key("weight")
            line.number(candidate.weight)
            line.key("phenotype")
            if let phenotype = meaning?.phenotype { line.text(phenotype) } else { line.null() }
            line.key("activity_score")
            line.number(meaning?.score)
            line.key("score")
            line.number(candidate.score)
        }
    }

    static func write(_ outcome: PhenotypeOutcome, into line: inout LineText) {
        line.object { line in
            line.key("phenotype")
            line.text(outcome.phenotype)
            line.key("activity_score")
            line.number(outcome.activityScore)
            line.key("weight")
            line.number(outcome.weight)
        }
    }

    private func meaning(of candidate: DiplotypeCandidate, _ call: GeneCall) -> GeneMeaning.Meaning? {
        assigner.slot(of: call.gene).map { assigner.meanings[$0].meaning(of: candidate, sites: call.extraSites) }
    }

    private func missing(_ call: GeneCall) -> [String] {
        guard !call.missingPositions.isEmpty, let gene = catalog[call.gene] else { return [] }
        return call.missingPositions.filter { gene.positions.indices.contains($0) }.map {
            gene.positions[$0].identifier
        }
    }

    private func novel(_ call: GeneCall) -> [String] {
        call.novel.filter { catalog.positions.indices.contains($0.site) }.map { allele in
            let position = catalog.positions[allele.site]
            return "\(position.chromosome):\(position.grch38):\(position.reference)>\(allele.bases)"
        }
    }

    /// The caller's codes, the assigner's, and the intake's on this gene's sites (`filtered:rs4244285`).
    private func remarks(_ call: GeneCall, _ phenotype: GenePhenotype, _ remarks: [IntakeRemark]) -> [String] {
        var texts = call.remarks
        for remark in phenotype.remarks where !texts.contains(remark) { texts.append(remark) }
        for remark in remarks where catalog.positions.indices.contains(remark.site) {
            let position = catalog.positions[remark.site]
            if position.gene == call.gene { texts.append("\(remark.code.rawValue):\(position.identifier)") }
        }
        return texts
    }

    private static func text(_ value: Double?) -> String {
        guard let value else { return "" }
        var line = LineText()
        line.number(value)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    /// A field may hold neither a tab nor a line end.
    private static func cell(_ text: String) -> String {
        text.contains { $0 == "\t" || $0.isNewline } ? String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 }) : text
    }
}
