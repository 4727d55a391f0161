import Testing

@testable import PharmacogenomicsCore

@Suite("The cases' files hold the genotypes that the cases state", .enabled(if: SharedPGx.isPresent))
struct CaseFilesTests {
    /// `GENE:rs1=A/G; GENE:pos=missing` as position and alleles; only what can be told apart by an identifier.
    private static func stated(_ row: PGxCaseRow) -> [(position: DefinitionPosition, text: String)] {
        row["genotypes"].split(separator: ";").compactMap { item in
            let text = item.drop { $0 == " " }
            guard let equals = text.firstIndex(of: "="), let colon = text.firstIndex(of: ":"), colon < equals else {
                return nil
            }
            let gene = String(text[..<colon])
            let key = String(text[text.index(after: colon)..<equals])
            let found = IntakeFixture.map.catalog[GeneSymbol(rawValue: gene)]?.positions.first {
                $0.identifier == key || String($0.grch38) == key
            }
            // `T|C PS=1`: the phase set is judged elsewhere. Names of repeats (`TA(7)`) are no bases.
            let alleles = text[text.index(after: equals)...].prefix { $0 != " " }
            guard alleles == "missing" || alleles.allSatisfy({ "ACGT/|?".contains($0) }) else { return nil }
            return found.map { ($0, String(alleles)) }
        }
    }

    @Test("no case is refused, and every stated genotype is read")
    func genotypes() throws {
        var checked = 0
        for row in PGxCaseRow.all {
            let bytes = try #require(row.vcf, "\(row.name)")
            let batch = try GenotypeIntake(map: IntakeFixture.map).read(vcf: bytes)
            #expect(batch.refusedLineCount == 0, "\(row.name)")
            let sample = try #require(batch.samples.first)
            for (position, text) in Self.stated(row) {
                let call = sample.genotypes.sites[position.siteIndex]
                if text == "missing" {
                    #expect(call.isMissing, "\(row.name) \(position.identifier)")
                    checked += 1
                    continue
                }
                let expected = text.split(whereSeparator: { $0 == "/" || $0 == "|" }).map { $0.drop { $0 == "?" } }
                    .sorted()
                var found = IntakeFixture.sortedText(sample, position).split(separator: "/").map {
                    $0.drop { $0 == "?" }
                }
                found.removeAll { $0 == "-" }
                #expect(found.sorted() == expected, "\(row.name) \(position.identifier) \(text)")
                checked += 1
            }
        }
        print("genotypes checked: \(checked)")
        #expect(checked > 150)
    }
}
