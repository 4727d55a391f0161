import Foundation
import Testing

@testable import PharmacogenomicsCore

@Suite("A release names whom its changes can touch, and nobody else")
struct KnowledgeDiffTests {
    /// The committed tables, with `edit` done to them.
    private static func release(_ edit: (inout [String: String]) throws -> Void = { _ in }) throws -> KnowledgeBase {
        let folder = SharedPGx.repository.appending(path: "Services/Pharmacogenomics/Resources/knowledge")
        var texts: [String: String] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            texts[file.lastPathComponent] = try String(contentsOf: file, encoding: .utf8)
        }
        try edit(&texts)
        return try KnowledgeBase(tables: KnowledgeTables(files: texts.mapValues { Array($0.utf8) }), digest: "test")
    }

    private static func diff(_ edit: (inout [String: String]) throws -> Void) throws -> KnowledgeDiff {
        KnowledgeDiff(from: try release(), to: try release(edit))
    }

    /// Replaces what stands in the first line that has all of `words`.
    private static func replace(
        _ old: String, by new: String, in file: String, whereLineHas words: [String], _ texts: inout [String: String]
    ) throws {
        var lines = try #require(texts[file]).components(separatedBy: "\n")
        let index = try #require(lines.firstIndex { line in words.allSatisfy(line.contains) && line.contains(old) })
        lines[index] = lines[index].replacingOccurrences(of: old, with: new)
        texts[file] = lines.joined(separator: "\n")
    }

    @Test("the same tables in another version touch nobody")
    func same() throws {
        let diff = try Self.diff { texts in
            try Self.replace("version\t", by: "version\t9.", in: "knowledge.tsv", whereLineHas: ["version"], &texts)
        }
        #expect(diff.isEmpty)
    }

    @Test("rows in another order touch nobody")
    func order() throws {
        let diff = try Self.diff { texts in
            var lines = try #require(texts["guidelines-fda.tsv"]).split(separator: "\n").map(String.init)
            let first = try #require(lines.firstIndex { !$0.hasPrefix("#") }) + 1
            lines[first...].reverse()
            texts["guidelines-fda.tsv"] = lines.joined(separator: "\n") + "\n"
        }
        #expect(diff.isEmpty)
    }

    @Test("another function of an allele touches its carriers")
    func alleleFunction() throws {
        let diff = try Self.diff { texts in
            try Self.replace(
                "No function", by: "Decreased function", in: "alleles.tsv", whereLineHas: ["CYP2C19\t*2\t"], &texts)
        }
        #expect(diff.touches == [.allele("CYP2C19", "*2")])
        #expect(diff.changedGenes == ["CYP2C19"])
    }

    @Test("another definition of an allele touches everybody with a result for the gene")
    func alleleDefinition() throws {
        let diff = try Self.diff { texts in
            var lines = try #require(texts["alleles.tsv"]).components(separatedBy: "\n")
            lines.removeAll { $0.hasPrefix("TPMT\t*2\t") }
            texts["alleles.tsv"] = lines.joined(separator: "\n")
        }
        #expect(diff.touches == [.gene("TPMT")])
    }

    @Test("another action of one rule touches those who may have its phenotypes")
    func guideline() throws {
        let diff = try Self.diff { texts in
            try Self.replace(
                "avoid", by: "contraindicated", in: "guidelines-cpic.tsv",
                whereLineHas: ["\tclopidogrel\t", "|Poor Metabolizer\tavoid"], &texts)
        }
        #expect(diff.changedDrugs == ["clopidogrel"])
        #expect(
            diff.touches == [
                .phenotype("CYP2C19", "Likely Poor Metabolizer"), .phenotype("CYP2C19", "Poor Metabolizer"),
            ])
    }

    @Test("a rule for those without a result in one gene touches those with one in the other")
    func unknownGene() throws {
        let diff = try Self.diff { texts in
            try Self.replace(
                "avoid", by: "contraindicated", in: "guidelines-cpic.tsv",
                whereLineHas: ["\tcarbamazepine\t", "HLA-A=unknown & HLA-B:*15:02=positive"], &texts)
        }
        #expect(diff.touches == [.gene("HLA-B")])
    }

    @Test("another strength of an inhibitor touches those who take it")
    func interaction() throws {
        let diff = try Self.diff { texts in
            try Self.replace(
                "strong", by: "moderate", in: "interactions.tsv", whereLineHas: ["paroxetine\tCYP2D6"], &texts)
        }
        #expect(diff.touches == [.medication("paroxetine")])
        #expect(diff.changedInteractions == ["paroxetine"])
    }

    @Test("what is observed under one release is read with another, whatever the numbers of sites and alleles")
    func translation() throws {
        let old = try Self.release()
        let new = try Self.release { texts in
            // A gene at the front goes: every later site has another number.
            for file in ["positions.tsv", "alleles.tsv", "genes.tsv", "phenotype-functions.tsv"] {
                var lines = try #require(texts[file]).components(separatedBy: "\n")
                lines.removeAll { $0.hasPrefix("ABCG2\t") }
                texts[file] = lines.joined(separator: "\n")
            }
            // And an alternate is listed before the others.
            try Self.replace(
                "\tC;G\t", by: "\tG;C\t", in: "positions.tsv", whereLineHas: ["TPMT\t", "rs1142345"], &texts)
        }
        let translation = SiteTranslation(from: old.genes, to: new.genes)
        #expect(!translation.isIdentity)
        #expect(SiteTranslation(from: old.genes, to: try Self.release().genes).isIdentity)
        var lost = 0
        for position in old.genes.positions {
            for allele in position.alleles.indices {
                let call = SiteCall(first: Int8(allele), second: SiteCall.unknown, isPhased: true, phaseSet: 7)
                guard let place = translation.translated(site: position.siteIndex, call: call) else {
                    lost += 1
                    #expect(position.gene == "ABCG2")
                    continue
                }
                let now = new.genes.positions[place.site]
                #expect(now.gene == position.gene && now.grch38 == position.grch38)
                #expect(now.alleles[Int(place.call.first)] == position.alleles[allele])
                #expect(place.call.second == SiteCall.unknown && place.call.isPhased && place.call.phaseSet == 7)
            }
        }
        #expect(lost == 2)
    }
}
