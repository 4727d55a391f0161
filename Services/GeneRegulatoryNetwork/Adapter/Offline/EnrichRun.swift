public import GeneRegulatoryNetworkCore

/// `gene-regulatory-network enrich`: which gene sets a list of genes shares more of than chance would.
public struct EnrichRun {
    private let network: NetworkFile?
    private let background: String?
    private let genes: String
    private let sets: String
    /// Sets of fewer genes in the background are not tested.
    public var leastSize = 1
    /// How p-values are adjusted.
    public var correction = FalseDiscovery.benjaminiHochberg

    /// A run.
    /// - Parameters:
    ///   - network: its genes are the background, if no list is.
    ///   - background: a list of the genes that could have been in the list.
    ///   - genes: the list.
    ///   - sets: GMT: a set's name, a description and its genes on a line, tab-separated.
    public init(network: NetworkFile?, background: String?, genes: String, sets: String) {
        self.network = network
        self.background = background
        self.genes = genes
        self.sets = sets
    }

    /// Prints a line for each set, the least likely first.
    /// - Throws: ``OfflineError`` that names what is wrong and where.
    public func run(output: OfflineOutput = .standardOutput()) throws(OfflineError) {
        let known: Set<String>
        if let background {
            known = Set(try NameList(path: background).names)
        } else if let network {
            known = Set(try network.graph().names)
        } else {
            throw OfflineError(.unusable, "--background", "give it or --network: the genes that could have been found")
        }
        let list = try NameList(path: genes, known: known.contains).names
        let tested: [GeneSetEnrichment]
        let sets = try geneSets()
        do throws(MedicineError) {
            tested = try EnrichmentAnalysis(background: known).enrichment(
                of: list, in: sets, minimumSize: leastSize, correction: correction)
        } catch {
            throw OfflineError(.unusable, genes, error.detail)
        }
        try output.row("set", "size", "shared", "expected", "p_value", "q_value", "genes")
        for row in tested {
            try output.row(
                row.set, "\(row.setSize)", "\(row.shared.count)", "\(row.expected)", "\(row.pValue)", "\(row.qValue)",
                row.shared.joined(separator: ","))
        }
        try output.finish()
    }

    private func geneSets() throws(OfflineError) -> [String: Set<String>] {
        let table = TextTable(file: sets, bytes: try OfflineInput(path: sets).contents())
        var found: [String: Set<String>] = [:]
        try table.rows { (row) throws(OfflineError) in
            let texts = try table.texts(row)
            guard texts.count >= 3, !texts[0].isEmpty else {
                throw OfflineError(
                    .malformed, sets, line: row.line, column: min(texts.count, 2) + 1,
                    "a set needs a name, a description and genes, separated by tabs")
            }
            guard found[texts[0]] == nil else {
                throw OfflineError(.malformed, sets, line: row.line, column: 1, "the set's name occurs twice")
            }
            found[texts[0]] = Set(texts.dropFirst(2).filter { !$0.isEmpty })
        }
        guard !found.isEmpty else { throw OfflineError(.malformed, sets, "there is no set in it") }
        return found
    }
}
