import Testing

@testable import PharmacogenomicsCore

@Suite("What was not observed is unknown, never the reference")
struct UnknownCopiesTests {
    @Test("a missing position keeps every diplotype that it could decide between")
    func missingPosition() throws {
        var scene = try CallingScene("CYP2C19")
        try scene.set("rs3758581", "G/G")
        #expect(scene.names() == ["*1/*1"])
        try scene.set("rs12248560", "missing")
        let call = scene.call()
        #expect(Set(call.candidates.map(\.name)) == ["*1/*1", "*1/*17", "*17/*17"])
        #expect(call.candidates.first?.name == "*1/*1")
        #expect(call.status == .ambiguous)
        #expect(call.missingPositions.count == 1)
        #expect(call.coverage < 1)
    }

    @Test("a half call says one copy and leaves the other open")
    func halfCall() throws {
        var scene = try CallingScene("CYP2C9")
        try scene.set("rs1799853", "T/.")
        #expect(Set(scene.names()) == ["*1/*2", "*2/*2"])
        try scene.set("rs1799853", "C/.")
        #expect(Set(scene.names()) == ["*1/*1", "*1/*2"])
    }

    @Test("a haploid call on an autosome is a half call")
    func haploidAutosome() throws {
        var scene = try CallingScene("CYP2C9")
        try scene.set("rs1799853", "T")
        #expect(Set(scene.names()) == ["*1/*2", "*2/*2"])
    }

    @Test("a phased half call stays on its strand")
    func phasedHalfCall() throws {
        var scene = try CallingScene("CYP2C9")
        try scene.set("rs1799853", "T|.")
        try scene.set("rs1057910", "C|A")
        // *2 and *3 on one strand make no named allele.
        #expect(scene.call().status == .noMatch)
        try scene.set("rs1057910", "A|C")
        #expect(scene.names() == ["*2/*3"])
    }

    @Test("an allele none of whose positions were observed stays, marked and below the others")
    func presumed() throws {
        var scene = try CallingScene("CYP3A5")
        try scene.set("rs776746", "missing")
        let call = scene.call()
        #expect(call.candidates.map(\.name) == ["*1/*1", "*1/*3", "*3/*3"])
        #expect(call.candidates.map(\.isPresumed) == [false, true, true])
    }

    @Test("nothing observed: not callable, and no diplotype")
    func nothing() throws {
        var scene = try CallingScene("CYP2C9")
        scene.keepOnly()
        let call = scene.call()
        #expect(call.status == .notCallable)
        #expect(call.candidates.isEmpty && call.coverage == 0)
    }

    @Test("below the stated coverage a gene is not callable")
    func coverage() throws {
        var scene = try CallingScene("CYP2C9")
        scene.keepOnly("rs1799853", "rs1057910")
        #expect(scene.call().status == .ambiguous)
        scene.options.minimumCoverage = 0.5
        let call = scene.call()
        #expect(call.status == .notCallable)
        #expect(call.remarks.contains(CallRemark.coverageBelowMinimum))
    }

    @Test("an undocumented base fits no named allele, and other genes stay as they are")
    func undocumented() throws {
        var scene = try CallingScene("CYP2C19")
        try scene.set("rs3758581", "G/T")
        let calls = CallingScene.caller(scene.catalog).call(scene.sample)
        let call = calls[scene.gene.index]
        #expect(call.status == .noMatch)
        #expect(call.novel.map(\.bases) == ["T"])
        #expect(call.remarks.contains(CallRemark.undocumentedBase))
        #expect(calls.filter { $0.gene != "CYP2C19" }.allSatisfy { $0.novel.isEmpty && $0.status != .noMatch })
    }

    @Test(
        "an undocumented base counts as the reference where that is published, and is listed",
        arguments: ["CACNA1S", "DPYD", "G6PD", "NUDT15", "RYR1", "TPMT"])
    func treatedAsReference(symbol: String) throws {
        var scene = try CallingScene(GeneSymbol(rawValue: symbol))
        let position = try #require(scene.gene.positions.first { $0.role == .defining })
        scene.sample.sites[position.siteIndex] = SiteCall(first: 0, second: SiteCall.novel)
        scene.sample.novel = [NovelAllele(site: position.siteIndex, bases: "N")]
        let call = scene.call()
        #expect(call.status == .called)
        #expect(call.remarks.contains(CallRemark.treatedAsReference))
        #expect(call.novel.count == 1)
    }

    @Test("an explosion of candidates is counted exactly and summed up by function")
    func explosion() throws {
        for symbol: GeneSymbol in ["CYP2C9", "CYP2B6", "NAT2", "G6PD", "CYP2D6"] {
            var scene = try CallingScene(symbol)
            scene.options.callsCYP2D6 = true
            let kept = scene.gene.positions.filter { $0.role == .defining }.prefix(while: { $0.index < 3 })
            for position in scene.gene.positions where !kept.contains(position) && !position.isRequired {
                scene.sample.sites[position.siteIndex] = SiteCall()
            }
            let book = AlleleBook(scene.gene)
            let strand = book.positions.map { scene.sample.sites[$0.siteIndex].first }
            let fitting = book.alleles.filter { book.fits($0, strand) }.count
            let call = scene.call()
            #expect(call.diplotypeCount == fitting * (fitting + 1) / 2)
            #expect(call.candidates.count == min(GeneCall.listingLimit, call.diplotypeCount))
            let rest = call.unlisted.reduce(0) { $0 + $1.count }
            #expect(rest == call.diplotypeCount - call.candidates.count)
            let weight = call.candidates.reduce(0) { $0 + $1.weight } + call.unlisted.reduce(0) { $0 + $1.weight }
            #expect(abs(weight - 1) < 1e-9)
        }
    }
}
