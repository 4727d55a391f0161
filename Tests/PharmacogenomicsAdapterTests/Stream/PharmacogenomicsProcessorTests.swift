import Contracts
import Domain
import JSONDocument
import PharmacogenomicsAdapter
import PharmacogenomicsCore
import StreamRuntime
import Testing

@Suite("A person's events become results, and only what has changed is published")
struct PharmacogenomicsProcessorTests {
    private func catalog() throws -> GeneCatalog { try StreamSample.shelf.get().builtIn.base.genes }

    // CYP2C19 *2/*2 is a poor metaboliser; CPIC 2022 (PMID 35034351): avoid clopidogrel after PCI.
    @Test func `a poor metaboliser on clopidogrel is told of, alerted, and the alert ends with the drug`() throws {
        var person = try Person()
        let genotype = try person.take(
            StreamSample.genotypes(StreamSample.cyp2c19(try catalog(), copiesOf2: 2)))
        let gene = try #require(try genotype.phenotypes.first { $0.gene == "CYP2C19" })
        #expect((gene.diplotype, gene.phenotype, gene.callStatus) == ("*2/*2", "Poor Metabolizer", .called))
        #expect(gene.version == 1 && gene.inputEventIDs.count == 1)
        #expect(try genotype.alerts.isEmpty)

        let order = try StreamSample.medication("clopidogrel 75 MG Oral Tablet")
        let effects = try person.take(order)
        let recommendation = try #require(try effects.recommendations.first { $0.drug == "clopidogrel" })
        #expect(recommendation.isActiveMedication && recommendation.status == .determinate)
        #expect(recommendation.actions.contains("avoid") && recommendation.guidelineSource == "CPIC")
        #expect(recommendation.genes == ["CYP2C19"] && recommendation.phenotypes == ["Poor Metabolizer"])
        #expect(recommendation.inputEventIDs.contains(order.eventID))
        try recommendation.validate()
        let alert = try #require(try effects.alerts.first)
        #expect(
            alert.transition == .raised && alert.rule == "pharmacogenomics" && alert.triggerEventID == order.eventID)
        try alert.validate()
        let document = try #require(effects.documents.first)
        #expect((document.collection, document.id) == ("pgx_report", "p1.anna"))
        #expect(try JSONValue(parsing: document.json)["tenant"]?.string == "ward-a")

        let stopped = try person.take(
            StreamSample.medication("clopidogrel 75 MG Oral Tablet", status: .stopped, received: 9))
        let end = try #require(try stopped.alerts.first)
        #expect(end.transition == .resolved && end.alertID == alert.alertID && end.version == 2)
        #expect(end.topic == Topic.alertResolved)
    }

    // Paroxetine inhibits CYP2D6 strongly (FDA table of inhibitors): a normal metaboliser becomes a poor one.
    @Test func `an inhibitor converts the phenotype, and only what it touches is published again`() throws {
        var person = try Person()
        try person.take(try StreamSample.genotypes(StreamSample.cyp2c19(try catalog(), copiesOf2: 1)))
        try person.take(try StreamSample.diplotype("CYP2D6", "*1/*1"))
        try person.take(try StreamSample.medication("codeine"))
        let effects = try person.take(
            StreamSample.medication("paroxetine 20 MG Oral Tablet", authored: 3, received: 40))
        let gene = try #require(try effects.phenotypes.first { $0.gene == "CYP2D6" })
        #expect(gene.callStatus == .outside && gene.diplotype == "*1/*1")
        #expect(gene.phenotype == "Normal Metabolizer" && gene.convertedPhenotype == "Poor Metabolizer")
        #expect(gene.inhibitors == ["paroxetine"])
        #expect(try !effects.phenotypes.contains { $0.gene == "CYP2C19" })
        let codeine = try #require(try effects.recommendations.first { $0.drug == "codeine" })
        #expect(codeine.version == 2 && codeine.actions.contains("avoid"))
        #expect(try !effects.recommendations.contains { $0.drug == "clopidogrel" })
    }

    @Test func `what is repeated or older changes nothing and publishes nothing`() throws {
        var person = try Person()
        let genotype = try StreamSample.genotypes(StreamSample.cyp2c19(try catalog(), copiesOf2: 2))
        try person.take(genotype)
        let order = try StreamSample.medication("clopidogrel", authored: 5)
        try person.take(order)
        let before = person.state
        #expect(try person.take(genotype).publications.isEmpty)
        #expect(try person.take(order).publications.isEmpty)
        #expect(
            try person.take(StreamSample.medication("clopidogrel", status: .draft, authored: 4)).publications.isEmpty)
        #expect(person.state == before)
    }

    @Test func `a submission counts when its last chunk has come, whichever that is`() throws {
        let calls = StreamSample.cyp2c19(try catalog(), copiesOf2: 2)
        let parts = [Array(calls[..<10]), Array(calls[10..<20]), Array(calls[20...])]
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            var person = try Person()
            for (place, part) in order.enumerated() {
                let effects = try person.take(
                    StreamSample.genotypes(parts[part], chunk: Int32(part), isLast: part == 2))
                #expect(try effects.phenotypes.isEmpty == (place < 2))
                if place == 2 { #expect(try effects.phenotypes.first { $0.gene == "CYP2C19" }?.diplotype == "*2/*2") }
            }
        }
    }

    @Test func `a person without genotype who takes a drug is told what to test`() throws {
        var person = try Person()
        let effects = try person.take(
            StreamSample.medication("clopidogrel", code: "32968", system: StreamSample.rxnorm))
        let recommendation = try #require(try effects.recommendations.first { $0.drug == "clopidogrel" })
        #expect(recommendation.status == .notCallable && recommendation.missingGenes == ["CYP2C19"])
        #expect(recommendation.rxnorm == "32968")
    }

    @Test func `a drug that no table knows is taken, and means nothing`() throws {
        var person = try Person()
        let effects = try person.take(
            StreamSample.medication("moonstone extract", code: "99999999", system: StreamSample.rxnorm))
        #expect(effects.publications.isEmpty)
    }

    @Test func `what cannot be right is a dead letter with its reason`() throws {
        var person = try Person()
        let before = person.state
        let malformed = try StreamSample.medication("x", code: "ABC", system: StreamSample.rxnorm)
        #expect(try person.rejection(of: malformed).code == "malformed-code")
        #expect(
            try person.rejection(of: StreamSample.medication("x", code: "N6AB", system: "http://www.whocc.no/atc")).code
                == "malformed-code")
        #expect(try person.rejection(of: StreamSample.diplotype("CYP99", "*1/*2")).code == "unknown-gene")
        #expect(try person.rejection(of: StreamSample.diplotype("CYP2D6", "*1/*999")).code == "unknown-allele")
        #expect(try person.rejection(of: StreamSample.diplotype("CYP2D6", "*1/*2/*3")).code == "unknown-allele")
        // The positions of GRCh38 in a record that says GRCh37.
        let wrong = try StreamSample.genotypes(
            StreamSample.cyp2c19(try catalog(), copiesOf2: 0), assembly: "T2T-CHM13v2.0")
        #expect(try person.rejection(of: wrong).code == "assembly-unknown")
        #expect(person.state == before)
    }

    @Test(arguments: [
        ("CYP2D6", "*1x2/*41"), ("CYP2D6", "*36+*10/*4"), ("CYP2D6", "*1/*2x≥3"), ("HLA-B", "*57:01/*58:01"),
        ("HLA-B", "*57:01 positive"), ("DPYD", "Reference/c.1905+1G>A (*2A)"),
    ])
    func `a laboratory's way of writing is understood`(gene: String, diplotype: String) throws {
        var person = try Person()
        try person.take(StreamSample.diplotype(gene, diplotype))
    }

    @Test func `a report that the gene could not be called takes an earlier one back`() throws {
        var person = try Person()
        try person.take(try StreamSample.diplotype("CYP2D6", "*4/*4", reported: 1))
        var none = try StreamSample.diplotype("CYP2D6", "", reported: 2)
        none.isNoCall = true
        let effects = try person.take(none)
        #expect(
            try effects.phenotypes.first { $0.gene == "CYP2D6" }?.callStatus != .outside
                || effects.phenotypes.first { $0.gene == "CYP2D6" }?.phenotype == "")
        #expect(try effects.phenotypes.contains { $0.gene == "CYP2D6" })
    }

    @Test func `the same record makes the same bytes again`() throws {
        var person = try Person()
        try person.take(try StreamSample.genotypes(StreamSample.cyp2c19(try catalog(), copiesOf2: 2)))
        var other = person
        let order = try StreamSample.medication("clopidogrel")
        let (one, two) = (try person.take(order), try other.take(order))
        #expect(one.publications.map(\.payload) == two.publications.map(\.payload))
        #expect(one.documents.map(\.json) == two.documents.map(\.json))
        #expect(person.state == other.state)
    }
}
