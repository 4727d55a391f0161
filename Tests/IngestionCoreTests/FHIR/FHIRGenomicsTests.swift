import Contracts
import Domain
import Testing

@testable import IngestionCore

@Suite("Genomics resources become genotypes only where place and alleles are told")
struct FHIRGenomicsTests {
    private func outcome(_ json: String) -> FactOutcome { Fixture.decoder().fhir(Array(json.utf8))[0] }

    private func genotypes(_ outcome: FactOutcome) throws -> [GenotypesRecorded] {
        for fact in outcome.facts { try fact.event.validate() }
        return outcome.facts.compactMap { if case .genotypes(let event) = $0 { event } else { nil } }
    }

    @Test(
        "RefSeq accessions name chromosome and assembly (NCBI assembly reports of GRCh37 and GRCh38)",
        arguments: [
            ("NC_000001.10", "1", "GRCh37"), ("NC_000001.11", "1", "GRCh38"), ("NC_000007.13", "7", "GRCh37"),
            ("NC_000010.11", "10", "GRCh38"), ("NC_000022.10", "22", "GRCh37"), ("NC_000023.11", "X", "GRCh38"),
            ("NC_000024.9", "Y", "GRCh37"), ("NC_012920.1", "MT", ""), ("NC_000001.9", "1", ""),
        ])
    func accessions(accession: String, chromosome: String, assembly: String) {
        let place = GenomicPlace(accession: accession)
        #expect(place?.chromosome == chromosome)
        #expect(place?.assembly == assembly)
    }

    @Test(
        "What is no chromosome names no place",
        arguments: ["NG_007726.3", "NT_007592.15", "NC_000025.1", "NC_1", "", "1"])
    func noPlace(accession: String) { #expect(GenomicPlace(accession: accession) == nil) }

    /// The shape of HL7's R4 example `MolecularSequence/fda-example`.
    @Test("A sequence's variants are calls at 1-based places; the unanchored are noted")
    func sequence() throws {
        func json(base: Int) -> String {
            """
            {"resourceType":"MolecularSequence","id":"s","type":"dna","coordinateSystem":\(base),"patient":{"reference":"Patient/1"},
             "referenceSeq":{"referenceSeqId":{"coding":[{"system":"http://www.ncbi.nlm.nih.gov/nuccore","code":"NC_000001.11"}]},"strand":"watson","windowStart":1,"windowEnd":99999},
             "variant":[{"start":13116,"end":13117,"observedAllele":"T","referenceAllele":"G"},{"start":4,"end":5,"observedAllele":"-","referenceAllele":"T"}]}
            """
        }
        for (base, position) in [(1, 13116), (0, 13117)] {
            let outcome = outcome(json(base: base))
            let event = try #require(try genotypes(outcome).first)
            #expect(event.assembly == "GRCh38")
            #expect(
                event.calls == [
                    GenotypeCall(
                        chromosome: "1", position: Int64(position), end: Int64(position), reference: "G",
                        alternates: ["T"],
                        alleles: [-1, 1])
                ])
            #expect(outcome.notes.map(\.code) == ["allele-unanchored"])
        }
    }

    private func variant(_ components: String, value: String = "LA9633-4") -> String {
        """
        {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"69548-6"}]},
         "subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-05-01","valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"\(value)"}]},
         "component":[\(components)]}
        """
    }

    private func component(_ code: String, _ value: String) -> String {
        #"{"code":{"coding":[{"system":"http://loinc.org","code":"\#(code)"}]},\#(value)}"#
    }

    private func concept(_ code: String, _ system: String = "http://loinc.org") -> String {
        #""valueCodeableConcept":{"coding":[{"system":"\#(system)","code":"\#(code)"}]}"#
    }

    @Test("A variant with place and alleles is a genotype beside its plain observations")
    func variantByParts() throws {
        let outcome = outcome(
            variant(
                [
                    component("48013-7", concept("NC_000010.11", "http://www.ncbi.nlm.nih.gov/refseq")),
                    component("69547-8", #""valueString":"G""#), component("69551-0", #""valueString":"A""#),
                    component("81254-5", #""valueRange":{"low":{"value":94781859}}"#),
                    component("92822-6", concept("LA30102-0")), component("53034-5", concept("LA6706-1")),
                    component("81255-2", concept("rs4244285", "http://www.ncbi.nlm.nih.gov/snp")),
                ].joined(separator: ",")))
        let event = try #require(try genotypes(outcome).first)
        #expect(
            event.calls == [
                GenotypeCall(
                    chromosome: "10", position: 94_781_859, end: 94_781_859, identifier: "rs4244285", reference: "G",
                    alternates: ["A"], alleles: [0, 1])
            ])
        #expect(event.assembly == "GRCh38")
        #expect(outcome.facts.count == 9)
    }

    @Test("An HGVS substitution has its own place; 0-based places are shifted")
    func otherPlaces() throws {
        let hgvs = outcome(
            variant(
                component("81290-9", concept("NC_000010.11:g.94781859G>A", "http://varnomen.hgvs.org")) + ","
                    + component("53034-5", concept("LA6705-3"))))
        let call = try #require(try genotypes(hgvs).first?.calls.first)
        #expect((call.position, call.reference, call.alternates, call.alleles) == (94_781_859, "G", ["A"], [1, 1]))
        let shifted = outcome(
            variant(
                [
                    component(
                        "48000-4",
                        #""valueCodeableConcept":{"coding":[{"system":"http://loinc.org","code":"LA21263-1","display":"Chromosome 10"}]}"#
                    ),
                    component("69547-8", #""valueString":"G""#), component("69551-0", #""valueString":"A""#),
                    component("81254-5", #""valueRange":{"low":{"value":99},"high":{"value":100}}"#),
                    component("92822-6", concept("LA30100-4")), component("62374-4", concept("LA14029-5")),
                ].joined(separator: ",")))
        let event = try #require(try genotypes(shifted).first)
        #expect(event.calls.first?.position == 100)
        #expect((event.calls.first?.chromosome, event.assembly) == ("10", "GRCh37"))
        #expect(event.calls.first?.alleles == [-1, 1])
    }

    @Test(
        "Nothing is called without a coordinate system, without an allele, or when the variant is absent",
        arguments: ["no-system", "no-allele", "absent"])
    func nothing(missing: String) throws {
        var parts = [
            component("48013-7", concept("NC_000010.11")), component("69547-8", #""valueString":"G""#),
            component("81254-5", #""valueRange":{"low":{"value":5}}"#),
        ]
        if missing != "no-system" { parts.append(component("92822-6", concept("LA30102-0"))) }
        if missing != "no-allele" { parts.append(component("69551-0", #""valueString":"A""#)) }
        let outcome = outcome(
            variant(parts.joined(separator: ","), value: missing == "absent" ? "LA9634-2" : "LA9633-4"))
        #expect(try genotypes(outcome).isEmpty)
        #expect(outcome.facts.count == parts.count + 1)
    }
}
