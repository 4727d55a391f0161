import Contracts
import PharmacogenomicsCore
import StreamRuntime

/// Whether a laboratory's report names a gene and alleles that the tables know.
enum OutsideCallCheck {
    /// Why the report cannot be taken; nil when it can.
    static func rejection(of report: DiplotypeReported, by catalog: GeneCatalog) -> Rejection? {
        guard let gene = catalog[GeneSymbol(rawValue: report.gene)] else {
            return Rejection(
                code: "unknown-gene", place: "DiplotypeReported.gene",
                detail: "the tables have no such gene; use the HGNC symbol")
        }
        guard !report.diplotype.isEmpty, !knows(report.diplotype, gene) else { return nil }
        return Rejection(
            code: "unknown-allele", place: "DiplotypeReported.diplotype",
            detail:
                "the tables of \(gene.symbol) have no such allele; use the names of PharmVar or of the gene's own nomenclature"
        )
    }

    private static func knows(_ diplotype: String, _ gene: GeneDefinition) -> Bool {
        let whole = trimmed(diplotype)
        if isKnown(whole, gene) { return true }
        let haplotypes = whole.split(separator: "/", omittingEmptySubsequences: false).map { trimmed($0) }
        return (1...2).contains(haplotypes.count) && haplotypes.allSatisfy { isHaplotype($0, gene) }
    }

    private static func isHaplotype(_ name: String, _ gene: GeneDefinition) -> Bool {
        if isKnown(name, gene) { return true }
        let inner = name.hasPrefix("[") && name.hasSuffix("]") ? String(name.dropFirst().dropLast()) : name
        let parts = inner.split(separator: "+", omittingEmptySubsequences: false).map { trimmed($0) }
        return !parts.isEmpty && parts.allSatisfy { isKnown($0, gene) || isKnown(withoutCopies($0), gene) }
    }

    private static func isKnown(_ name: String, _ gene: GeneDefinition) -> Bool {
        guard !name.isEmpty else { return false }
        if gene.allele(named: name) != nil { return true }
        return gene.symbol.rawValue.hasPrefix("HLA-") && isHLA(name)
    }

    /// `*1x2`, `*2x≥3`, `*4xN` without the number of copies.
    private static func withoutCopies(_ name: String) -> String {
        guard let mark = name.lastIndex(of: "x"), mark > name.startIndex else { return name }
        let copies = name[name.index(after: mark)...].drop { $0 == "≥" || $0 == ">" || $0 == "=" }
        let isNumber = copies == "N" || (!copies.isEmpty && copies.allSatisfy(\.isNumber))
        return isNumber ? String(name[..<mark]) : name
    }

    /// `*57:01`, up to four fields, an expression suffix, and what a test for the allele said.
    private static func isHLA(_ name: String) -> Bool {
        let words = name.split(separator: " ")
        guard let allele = words.first, allele.hasPrefix("*"), words.count <= 2,
            words.count == 1 || ["positive", "negative"].contains(words[1])
        else { return false }
        var digits = allele.dropFirst()
        if let last = digits.last, "NLSQCA".contains(last) { digits = digits.dropLast() }
        let fields = digits.split(separator: ":", omittingEmptySubsequences: false)
        return (1...4).contains(fields.count)
            && fields.allSatisfy { (2...4).contains($0.count) && $0.allSatisfy(\.isNumber) }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
