import Foundation
import Testing

@testable import PharmacogenomicsCore

/// Small files and the repository's own tables for the tests of the intake.
enum IntakeFixture {
    static let map: SiteMap = {
        do {
            return SiteMap(catalog: try ReleaseTables.catalog())
        } catch {
            Issue.record("the tables cannot be read: \(error)")
            return SiteMap(catalog: GeneCatalog(genes: []))
        }
    }()

    /// The position of a gene with that identifier, or at that place of GRCh38.
    static func position(_ gene: String, _ key: String) throws -> DefinitionPosition {
        try #require(
            map.catalog[GeneSymbol(rawValue: gene)]?.positions.first {
                $0.identifier == key || String($0.grch38) == key
            }, "\(gene) has no position \(key)")
    }

    /// A VCF of these records; fields separated by blanks for the eye.
    static func vcf(_ records: [String], samples: [String] = ["S"], head: [String] = ["##reference=GRCh38"]) -> [UInt8]
    {
        var lines = ["##fileformat=VCFv4.3"] + head
        lines += [
            "##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">",
            (["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT"] + samples).joined(
                separator: "\t"),
        ]
        lines += records.map { $0.split(separator: " ").joined(separator: "\t") }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// What a VCF of these records gives.
    static func batch(
        _ records: [String], samples: [String] = ["S"], head: [String] = ["##reference=GRCh38"],
        limits: IntakeLimits = IntakeLimits(), assembly: AssemblyChoice = .auto, sex: Sex? = nil
    ) throws -> IntakeBatch {
        try GenotypeIntake(map: map, limits: limits, assembly: assembly, sex: sex)
            .read(vcf: vcf(records, samples: samples, head: head))
    }

    /// The alleles of a site as text: `A/G`, `.`, `?T` for a novel one, `-` for no copy.
    static func text(_ sample: IntakeSample, _ position: DefinitionPosition) -> String {
        let call = sample.genotypes.sites[position.siteIndex]
        let novel = sample.genotypes.novel.filter { $0.site == position.siteIndex }.map(\.bases)
        func allele(_ code: Int8) -> String {
            switch code {
            case SiteCall.unknown: "."
            case SiteCall.absent: "-"
            case SiteCall.novel: "?" + novel.joined(separator: ",")
            default: position.alleles[Int(code)]
            }
        }
        let separator = call.isPhased ? "|" : "/"
        return allele(call.first) + separator + allele(call.second)
    }

    /// The same in an order that does not depend on how the unphased copies stand.
    static func sortedText(_ sample: IntakeSample, _ position: DefinitionPosition) -> String {
        text(sample, position).split(whereSeparator: { $0 == "/" || $0 == "|" }).sorted().joined(separator: "/")
    }
}
