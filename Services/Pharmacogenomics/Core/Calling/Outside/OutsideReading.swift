/// Turns the laboratories' reports on one gene into its call.
struct OutsideReading {
    let gene: GeneDefinition
    /// Several are alternatives.
    let reports: [OutsideCall]

    /// Fills in the reported diplotypes.
    func fill(_ call: inout GeneCall) {
        var isNoCall = true
        for report in reports where !report.isNoCall {
            guard let diplotype = try? OutsideDiplotype(report.diplotype, gene: gene) else {
                isNoCall = false
                call.remarks.append(CallRemark.outsideUnknownAllele)
                continue
            }
            if !report.phenotype.isEmpty || report.activityScore != nil { isNoCall = false }
            guard let first = diplotype.haplotypes.first else { continue }
            isNoCall = false
            let second = diplotype.haplotypes.count > 1 ? diplotype.haplotypes[1] : nil
            let candidate = DiplotypeCandidate(first: first, second: second)
            if !call.candidates.contains(candidate) { call.candidates.append(candidate) }
        }
        if isNoCall {
            call.status = .notCallable
            call.remarks.append(CallRemark.outsideNoCall)
        }
        call.diplotypeCount = call.candidates.count
        for index in call.candidates.indices { call.candidates[index].weight = 1 / Double(call.candidates.count) }
    }
}

extension DiplotypeCaller {
    /// Checks that a report can be taken: its gene and every allele that it names are known.
    public func check(_ report: OutsideCall) throws(CallingError) {
        guard let gene = catalog[report.gene] else {
            throw CallingError(
                code: .unknownGene, gene: report.gene, detail: "the knowledge base has no such gene")
        }
        if !report.isNoCall { _ = try OutsideDiplotype(report.diplotype, gene: gene) }
    }
}
