import Testing

@testable import PharmacogenomicsCore

/// Consensus diplotypes of the CDC's GeT-RM program (Coriell samples), in today's names.
@Suite("Reference materials are called as the consensus of laboratories")
struct ReferenceMaterialTests {
    @Test("every sample", .enabled(if: SharedPGx.isPresent))
    func everySample() throws {
        let catalog = try RepositoryKnowledge.catalog.get()
        let caller = CallingScene.caller(catalog)
        let files = try SharedPGx.archive("getrm/getrm_vcf.tar.gz")
        let rows = try SharedPGx.table("getrm/getrm_consensus.tsv")
        var agreeing = 0
        for row in rows {
            let symbol = row["gene"] ?? ""
            let name = "\(symbol)_\(row["sample"] ?? "").vcf"
            guard let gene = catalog[GeneSymbol(rawValue: symbol)], let vcf = files[name] else {
                Issue.record("no gene or file for \(name)")
                continue
            }
            let call = caller.call(CaseGenotypes.read(vcf, catalog: catalog), gene: gene)
            let expected = row["current_diplotype"] ?? ""
            let isTop = call.topCandidates.contains { AlleleNames.isSame($0.name, expected) }
            #expect(isTop, "\(name): expected \(expected), got \(call.candidates.map(\.name))")
            if isTop { agreeing += 1 }
        }
        print("reference materials: \(agreeing) of \(rows.count) consensus diplotypes")
        #expect(rows.count >= 19)
    }
}
