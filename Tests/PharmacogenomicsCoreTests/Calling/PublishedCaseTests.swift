import Testing

@testable import PharmacogenomicsCore

/// The cases are facts read out of PharmCAT's unit tests (see the README beside them): a genotype and what it is called.
@Suite("Published cases come out as published")
struct PublishedCaseTests {
    /// Why a row comes out with more than it says. The best candidates are those of the row in every case.
    enum Deviation {
        /// An allele of which no position was observed is possible, and stays in the set below all others.
        case possible
        /// The row gives the candidates of the highest score only; the others fit as well.
        case lower
        /// The row gives the one that published frequencies prefer for unphased data; the others fit as well.
        case preferred
        /// The row names one of the two haplotypes of the pair by which the phenotype is looked up.
        case half
    }

    /// The rows that deviate, one by one.
    static let deviations: [String: Set<Deviation>] = [
        "DpydTest.hapB3AndIntronicC_missingSecondAllele DPYD": [.possible],
        "DpydTest.issue155_strandMismatch DPYD": [.half],
        "DpydTest.issue156 DPYD": [.half],
        "NAT2Sheet.row_008 NAT2": [.preferred],
        "NAT2Sheet.row_017 NAT2": [.preferred],
        "NAT2Sheet.row_018 NAT2": [.preferred],
        "NAT2Sheet.row_024 NAT2": [.preferred],
        "NAT2Sheet.row_039 NAT2": [.preferred],
        "NAT2Sheet.row_042 NAT2": [.preferred],
        "NAT2Sheet.row_054 NAT2": [.preferred],
        "NAT2Sheet.row_056 NAT2": [.preferred],
        "NAT2Sheet.row_058 NAT2": [.preferred],
        "NAT2Sheet.row_059 NAT2": [.preferred],
        "NAT2Sheet.row_060 NAT2": [.preferred],
        "NAT2Sheet.row_061 NAT2": [.preferred],
        "NAT2Sheet.row_064 NAT2": [.preferred],
        "NAT2Sheet.row_066 NAT2": [.preferred],
        "NAT2Sheet.row_071 NAT2": [.possible, .preferred],
        "NAT2Sheet.row_072 NAT2": [.possible, .preferred],
        "NAT2Sheet.row_075 NAT2": [.possible, .preferred],
        "NamedAlleleMatcherCyp2c19Test.s1s17s1s4bMissingMoreCalls CYP2C19": [.lower],
        "NamedAlleleMatcherCyp2c19Test.s1s4 CYP2C19": [.lower],
        "NamedAlleleMatcherCyp3a5Test.s1s1rs776746missing CYP3A5": [.possible],
        "NamedAlleleMatcherCyp3a5Test.s1s7missing CYP3A5": [.possible],
        "NamedAlleleMatcherCyp3a5Test.s1s7missing#2 CYP3A5": [.possible],
        "NamedAlleleMatcherSlco1b1Test.slco1b1s1as15s1bs5TwoMissing SLCO1B1": [.possible],
        "NamedAlleleMatcherTpmtTest.tpmtStar1SHomo3AHet TPMT": [.possible],
        "NamedAlleleMatcherTpmtTest.tpmts1s1s TPMT": [.possible],
        "NamedAlleleMatcherTpmtTest.tpmts1s1s#1 TPMT": [.possible],
        "PipelineTest.multipleCalls CYP2C19": [.lower],
        "PipelineTest.testCyp2c19_s1s2rs58973490het CYP2C19": [.lower],
        "PipelineTest.testCyp2c19s1s4missingS1 CYP2C19": [.lower],
        "PipelineTest.testCyp3a5Missing3Message CYP3A5": [.possible],
        "PipelineTest.testSlco1b1Test3 SLCO1B1": [.lower],
        "PipelineTest.testUgt1a1S1S80S28 UGT1A1": [.lower],
        "ToxicGenesTest.testNudt15S2 NUDT15": [.lower],
    ]

    @Test("every row of the case table", .enabled(if: SharedPGx.isPresent))
    func everyRow() throws {
        let catalog = try RepositoryKnowledge.catalog.get()
        var equal = 0
        var deviating: [Deviation: Int] = [:]
        for row in PGxCaseRow.all {
            let key = "\(row.name) \(row.gene)"
            guard let vcf = row.vcf, let gene = catalog[GeneSymbol(rawValue: row.gene)] else {
                Issue.record("\(key): no file or gene")
                continue
            }
            let options = CallingOptions(
                combinations: row.hasOption("find_combinations"), callsCYP2D6: row.hasOption("call_cyp2d6"))
            let caller = CallingScene.caller(catalog, options)
            let sample = CaseGenotypes.read(vcf, catalog: catalog)
            let call = caller.call(sample, outside: CaseExpectation.outside(row))[gene.index]
            let expectation = CaseExpectation(row: row, gene: gene, call: call)
            for difference in expectation.differences() { Issue.record("\(key): \(difference)") }
            let found = expectation.deviations()
            #expect(found == Self.deviations[key, default: []], "\(key): not as listed")
            let tops = call.topCandidates.map(\.isPresumed)
            #expect(!tops.contains(true), "\(key): one that nothing speaks for is among the best")
            if found.isEmpty { equal += 1 }
            for deviation in found { deviating[deviation, default: 0] += 1 }
            let weights = call.candidates.reduce(0) { $0 + $1.weight } + call.unlisted.reduce(0) { $0 + $1.weight }
            #expect(call.candidates.isEmpty || abs(weights - 1) < 1e-9, "\(key): weights sum to \(weights)")
        }
        print(
            "published cases: \(PGxCaseRow.all.count) rows, \(equal) equal as sets, deviating: "
                + deviating.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", "))
    }
}
