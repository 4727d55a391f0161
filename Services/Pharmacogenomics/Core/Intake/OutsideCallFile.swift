/// A laboratory's or another caller's statements as a tab-separated file: gene, diplotype, phenotype, activity score; the later ones may be
/// left out. `#` lines and empty lines are skipped.
///
/// With a first line `sample gene diplotype phenotype activity_score` every line names the sample that it is about; without it the file is
/// about the one sample of the run.
public struct OutsideCallFile: Sendable, Equatable {
    /// One statement.
    public struct Row: Sendable, Equatable {
        /// The sample; nil in a file without that column.
        public let sample: String?
        /// The statement.
        public let call: OutsideCall
        /// The line, from 1.
        public let line: Int
    }

    /// The statements in their order.
    public let rows: [Row]
    /// Whether every line names its sample.
    public let namesSamples: Bool

    private static let operation = "outside-calls"

    /// Reads a file. Genes are looked up in `catalog`; names of alleles are taken without the gene before them (`CYP2D6*4`, `A*02:01`).
    ///
    /// - Throws: ``IntakeError`` `malformed` or `unknownGene`, with the line and the column.
    public init(_ bytes: [UInt8], catalog: GeneCatalog) throws(IntakeError) {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw IntakeError(code: .unreadable, operation: Self.operation, detail: "must be text in UTF-8")
        }
        if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
        var rows: [Row] = []
        var namesSamples = false
        var isFirst = true
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            guard !line.hasPrefix("#"), line.contains(where: { !$0.isWhitespace }) else { continue }
            var fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.trimmed)
            if isFirst, let name = fields.first?.lowercased(), name == "sample" || name == "gene" {
                isFirst = false
                namesSamples = name == "sample"
                continue
            }
            isFirst = false
            var sample: String?
            if namesSamples {
                sample = fields.removeFirst()
                guard sample?.isEmpty == false else { throw Self.fault(number, "sample", "must name the sample") }
            }
            rows.append(Row(sample: sample, call: try Self.call(fields, catalog, number), line: number))
        }
        self.rows = rows
        self.namesSamples = namesSamples
    }

    /// The statements about one sample.
    public func calls(ofSample sample: String) -> [OutsideCall] {
        rows.filter { $0.sample == nil || $0.sample == sample }.map(\.call)
    }

    private static func call(_ fields: [String], _ catalog: GeneCatalog, _ line: Int) throws(IntakeError) -> OutsideCall
    {
        guard fields.count >= 2 else {
            throw fault(
                line, "diplotype", "must have a gene and, after a tab, a diplotype, phenotype or activity score")
        }
        guard fields.count <= 4 || fields[4...].allSatisfy(\.isEmpty) else {
            throw fault(line, "column \(5)", "must have at most gene, diplotype, phenotype and activity score")
        }
        let symbol = GeneSymbol(rawValue: fields[0])
        guard !fields[0].isEmpty else { throw fault(line, "gene", "must name the gene") }
        guard let gene = catalog[symbol] else {
            throw IntakeError(
                code: .unknownGene, operation: operation, line: line, place: "gene",
                detail: "the knowledge has no gene \(fields[0].prefix(40)); it has "
                    + catalog.genes.map(\.symbol.rawValue).joined(separator: ", "))
        }
        let phenotype = fields.count > 2 ? fields[2] : ""
        var score: Double?
        if fields.count > 3, !fields[3].isEmpty, !isNothing(fields[3]) {
            let text = fields[3].hasPrefix("≥") ? String(fields[3].dropFirst()) : fields[3]
            guard let value = Double(text), value.isFinite, value >= 0 else {
                throw fault(line, "activity score", "must be a number from 0, or n/a")
            }
            score = value
        }
        let isNoCall = isNothing(fields[1])
        let diplotype = isNoCall ? "" : try Self.diplotype(fields[1], gene, line)
        guard isNoCall || !diplotype.isEmpty || !phenotype.isEmpty || score != nil else {
            throw fault(line, "diplotype", "must state a diplotype, a phenotype or an activity score")
        }
        return OutsideCall(
            gene: symbol, diplotype: diplotype, phenotype: isNothing(phenotype) ? "" : phenotype, activityScore: score,
            isNoCall: isNoCall && phenotype.isEmpty && score == nil)
    }

    /// The diplotype without the gene's name before its alleles.
    private static func diplotype(_ text: String, _ gene: GeneDefinition, _ line: Int) throws(IntakeError) -> String {
        guard !text.isEmpty else { return "" }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(trimmed)
        guard parts.count <= 2, !parts.contains("") else {
            throw fault(line, "diplotype", "must be one allele, or two with / between")
        }
        let symbol = gene.symbol.rawValue
        let locus = symbol.hasPrefix("HLA-") ? String(symbol.dropFirst(4)) : symbol
        return parts.map { part in
            for prefix in [symbol, locus] where part.hasPrefix(prefix) && part.utf8.count > prefix.utf8.count {
                return trimmed(part.dropFirst(prefix.count))
            }
            return part
        }.joined(separator: "/")
    }

    private static func isNothing(_ text: String) -> Bool {
        ["n/a", "na", "no call", "no_call", "nocall", "unknown"].contains(text.lowercased())
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func fault(_ line: Int, _ column: String, _ detail: String) -> IntakeError {
        IntakeError(code: .malformed, operation: operation, line: line, place: column, detail: detail)
    }
}
