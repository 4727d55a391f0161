extension DiplotypeCandidate {
    /// The diplotype as reports write it: beside the reference a single variant stands alone, `D1270N (heterozygous)`, in the
    /// genes whose alleles are variants in CPIC's tables (CACNA1S, CFTR, DPYD, RYR1); otherwise ``name``.
    public func reportName(in gene: GeneDefinition) -> String {
        guard ["CACNA1S", "CFTR", "DPYD", "RYR1"].contains(gene.symbol), let second,
            let reference = gene.referenceAllele
        else { return name }
        let isFirst = first.alleles == [reference] && first.partials.isEmpty
        let isSecond = second.alleles == [reference] && second.partials.isEmpty
        guard isFirst != isSecond else { return name }
        return "\(isFirst ? second.name : first.name) (heterozygous)"
    }
}
