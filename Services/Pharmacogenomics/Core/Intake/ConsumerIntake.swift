import Contracts
import GenomicFormats

extension GenotypeIntake {
    /// Reads a whole consumer export (23andMe, AncestryDNA, MyHeritage, ...), plain or packed. Any bytes give a batch or an error.
    public func read(consumerExport bytes: [UInt8], sampleID: String) throws(IntakeError) -> IntakeBatch {
        try ConsumerIntake(self).read(bytes, sampleID: sampleID)
    }
}

/// Reads the genotypes of consumer arrays: observed bases without a reference.
///
/// Vendors state the plus strand, so a base is taken as it stands. A base that only its complement could explain shows that the strand is not
/// what it was said to be: that site is unknown, and with it every A/T and C/G site of the export, which could not show it; more than a tenth
/// of such sites, and the export is refused.
struct ConsumerIntake {
    /// One line at a site.
    private struct Observation {
        let site: Int
        let alleles: [String?]
    }

    private static let operation = "consumer-export"
    let intake: GenotypeIntake

    init(_ intake: GenotypeIntake) {
        self.intake = intake
    }

    func read(_ bytes: [UInt8], sampleID: String) throws(IntakeError) -> IntakeBatch {
        var genotypes: [ConsumerGenotype] = []
        var refused: [GenomicFormatError] = []
        var refusedCount = 0
        var build: GenomeBuild?
        let reader = ConsumerExportReader()
        let stream = GenomicStream()
        func take(_ event: ConsumerExportEvent) {
            switch event {
            case .head(let head): build = head.build
            case .genotype(let genotype): if isKnown(genotype) { genotypes.append(genotype) }
            case .refused(let error):
                refusedCount += 1
                if refused.count < IntakeBatch.refusedLineLimit { refused.append(error) }
            }
        }
        do {
            try bytes.withUnsafeBytes { try stream.push($0) { try reader.push($0, take) } }
            try stream.finish { try reader.push($0, take) }
            try reader.finish(take)
        } catch {
            let error = error as? GenomicFormatError
            throw IntakeError(
                code: .unreadable, operation: Self.operation, line: error?.line ?? 0,
                detail: error.map { "\($0.code): \($0.detail)" } ?? "it cannot be read")
        }
        var batch = try evaluate(genotypes, stated: build.map { [$0] } ?? [], sampleID: sampleID)
        batch.refusedLines = refused
        batch.refusedLineCount = refusedCount
        return batch
    }

    func read(_ calls: [GenotypeCall], assembly: String) throws(IntakeError) -> IntakeBatch {
        let genotypes = calls.compactMap { call -> ConsumerGenotype? in
            let known = call.reference.isEmpty ? call.alternates : [call.reference] + call.alternates
            let alleles = call.alleles.map { index -> String? in
                // Without a reference the first observed allele has number 1.
                let place = Int(index) - (call.reference.isEmpty ? 1 : 0)
                return known.indices.contains(place) ? known[place] : nil
            }
            guard !alleles.isEmpty else { return nil }
            return ConsumerGenotype(
                line: 0, identifier: call.identifier, chromosome: call.chromosome, position: call.position,
                alleles: alleles)
        }
        return try evaluate(
            genotypes.filter(isKnown), stated: try CallIntake.builds(assembly, operation: Self.operation), sampleID: "")
    }

    /// Whether a line may lie at a site of either assembly.
    private func isKnown(_ genotype: ConsumerGenotype) -> Bool {
        guard let code = genotype.chromosome.flatMap({ ChromosomeCode.code($0) }), let position = genotype.position,
            CallIntake.places.contains(position)
        else {
            return false
        }
        return intake.map.builds.contains { sites in
            let index = sites.firstIndex(code, atOrAfter: position - 1)
            return index < sites.chromosomes[Int(code) + 1] && sites.positions[index] <= position
        }
    }

    private func evaluate(
        _ genotypes: [ConsumerGenotype], stated: [GenomeBuild], sampleID: String
    ) throws(IntakeError) -> IntakeBatch {
        let assembly =
            genotypes.isEmpty
            ? try StatedAssembly(choice: intake.assembly, stated: stated, operation: Self.operation)
            : try self.assembly(of: genotypes, stated: stated)
        let sites = intake.map.sites(on: assembly.build)
        var observations: [Observation] = []
        for genotype in genotypes {
            guard let site = site(of: genotype, sites) else { continue }
            observations.append(Observation(site: site, alleles: genotype.alleles))
        }
        let table = try self.table(observations, sites, build: assembly.build)
        var filled = table.table
        return IntakeBatch(
            assembly: assembly.build, isAssemblyStated: assembly.isStated,
            samples: filled.samples(names: [sampleID], sex: intake.sex, novel: table.names), refusedLines: [],
            refusedLineCount: 0, usedRecords: observations.count)
    }

    // MARK: - The assembly

    /// By what is stated; and by where the export puts markers whose place is known.
    private func assembly(
        of genotypes: [ConsumerGenotype], stated: [GenomeBuild]
    ) throws(IntakeError) -> StatedAssembly {
        var counts: [GeneCatalog.Build: Int] = [:]
        for genotype in genotypes {
            guard let code = genotype.chromosome.flatMap({ ChromosomeCode.code($0) }), let position = genotype.position,
                CallIntake.places.contains(position)
            else { continue }
            for build in GeneCatalog.Build.allCases {
                for site in intake.map.catalog.sites(chromosome: code, position: position, build: build)
                where intake.map.catalog.positions[site].identifier == genotype.identifier {
                    counts[build, default: 0] += 1
                }
            }
        }
        let assembly = try StatedAssembly(choice: intake.assembly, stated: stated, operation: Self.operation)
        let fits = counts[assembly.build] ?? 0
        let other = assembly.build.other
        let fitsOther = counts[other] ?? 0
        if assembly.isStated {
            guard fitsOther < 2 || fitsOther <= 2 * fits else {
                throw IntakeError(
                    code: .wrongAssembly, operation: Self.operation,
                    detail:
                        "read as \(assembly.build.name), but \(fitsOther) markers lie where \(other.name) has them and "
                        + "\(fits) where \(assembly.build.name) has them: pass --assembly \(other.name)")
            }
            return assembly
        }
        // Not stated, but markers of known place show it.
        guard fits + fitsOther >= 2, max(fits, fitsOther) > 2 * min(fits, fitsOther) else {
            throw IntakeError(
                code: .assemblyUnknown, operation: Self.operation,
                detail: "the head states no assembly and the markers do not show it: pass --assembly GRCh37 or GRCh38")
        }
        let shown = fits > fitsOther ? assembly.build : other
        return try StatedAssembly(
            choice: shown == .grch37 ? .grch37 : .grch38, stated: [], operation: Self.operation)
    }

    // MARK: - The sites

    /// The site that a line speaks of: by its place, and for insertions and deletions by its identifier one base further, where some vendors
    /// put them.
    private func site(of genotype: ConsumerGenotype, _ sites: BuildSites) -> Int? {
        guard let code = genotype.chromosome.flatMap({ ChromosomeCode.code($0) }), let position = genotype.position,
            CallIntake.places.contains(position)
        else {
            return nil
        }
        let index = sites.firstIndex(code, atOrAfter: position)
        let limit = sites.chromosomes[Int(code) + 1]
        if index < limit, sites.positions[index] == position { return index }
        let before = sites.firstIndex(code, atOrAfter: position - 1)
        guard before < limit, sites.positions[before] == position - 1, !sites.sites[before].isSingleBase,
            intake.map.catalog.positions[sites.sites[before].site].identifier == genotype.identifier
        else { return nil }
        return before
    }

    private func table(
        _ observations: [Observation], _ sites: BuildSites, build: GeneCatalog.Build
    ) throws(IntakeError) -> (table: GenotypeTable, names: NovelNames) {
        var table = GenotypeTable(samples: 1, siteCount: intake.map.catalog.siteCount)
        var names = NovelNames()
        let flipped = Set(observations.filter { isFlipped($0, sites.sites[$0.site]) }.map(\.site))
        let telling = observations.count { isTelling($0, sites.sites[$0.site]) }
        if flipped.count >= 3, flipped.count * 10 > telling, let first = flipped.min() {
            let site = sites.sites[first]
            throw IntakeError(
                code: .strandFlip, operation: Self.operation,
                place: "\(ChromosomeName.text(site.chromosome)):\(site.start)",
                detail:
                    "\(flipped.count) of \(telling) sites show the other strand of \(build.name): export the plus strand"
            )
        }
        for observation in observations {
            let site = sites.sites[observation.site]
            if flipped.contains(observation.site) {
                table.remark(.strandFlip, sample: 0, site: site.site)
            } else if !flipped.isEmpty, site.isSingleBase, site.isStrandAmbiguous {
                table.remark(.strandAmbiguous, sample: 0, site: site.site)
            } else {
                put(observation, site, &table, &names)
            }
        }
        return (table, names)
    }

    /// A base of no definition whose complement is one, at a site where the two can be told apart.
    private func isFlipped(_ observation: Observation, _ site: MappedSite) -> Bool {
        guard isTelling(observation, site) else { return false }
        let bases = observation.alleles.compactMap { $0?.utf8.first }
        let isUnlisted = bases.allSatisfy { (site.code(ofBase: $0) ?? -1) < 0 }
        return isUnlisted && bases.allSatisfy { (site.code(ofBase: BuildEvidence.complement($0)) ?? -1) >= 0 }
    }

    private func isTelling(_ observation: Observation, _ site: MappedSite) -> Bool {
        let bases = observation.alleles.compactMap { $0 }
        return site.isSingleBase && !site.isStrandAmbiguous && !bases.isEmpty
            && bases.allSatisfy { $0.utf8.count == 1 && $0 != "I" && $0 != "D" }
    }

    private func put(
        _ observation: Observation, _ site: MappedSite, _ table: inout GenotypeTable, _ names: inout NovelNames
    ) {
        let codes = observation.alleles.map { allele -> Int16 in
            allele.map { code(of: $0, site, &names, &table) } ?? AlleleCode.unknown
        }
        guard !codes.isEmpty, codes.count <= 2 else { return }
        let number = table.addRecord(([site.referenceCode] + codes)[...])
        var cell = GenotypeTable.Cell(record: number, isOwn: true)
        cell.first = codes[0]
        if codes.count == 2 { cell.second = codes[1] }
        if site.chromosome == 23 {
            if codes.count == 1 {
                cell.second = AlleleCode.absent
                if intake.sex == .female { return table.remark(.wrongPloidy, sample: 0, site: site.site) }
            } else if intake.sex == .male {
                if codes[0] != codes[1], codes[0] != AlleleCode.unknown, codes[1] != AlleleCode.unknown {
                    return table.remark(.heterozygousHemizygous, sample: 0, site: site.site)
                }
                cell.first = max(codes[0], codes[1])
                cell.second = AlleleCode.absent
            }
        } else if codes.count == 1 {
            if codes[0] != AlleleCode.unknown { table.remark(.wrongPloidy, sample: 0, site: site.site) }
            return
        }
        cell.isPhased = cell.second == AlleleCode.absent
        table.put(cell, sample: 0, site: site.site)
    }

    private func code(
        of allele: String, _ site: MappedSite, _ names: inout NovelNames, _ table: inout GenotypeTable
    ) -> Int16 {
        let definition = intake.map.catalog.positions[site.site].alleles
        if site.isSingleBase {
            guard allele != "I", allele != "D", let base = allele.utf8.first, allele.utf8.count == 1 else {
                table.remark(.indelAmbiguous, sample: 0, site: site.site)
                return AlleleCode.unknown
            }
            return site.code(ofBase: base) ?? AlleleCode.unknown
        }
        if allele == "I" || allele == "D", definition.count == 2, definition[0].utf8.count != definition[1].utf8.count {
            let isFirstLonger = definition[0].utf8.count > definition[1].utf8.count
            return (allele == "I") == isFirstLonger ? 0 : 1
        }
        // A single base at a site of an insertion or deletion may be a vendor's way to write a neighbour: it proves nothing.
        if allele.utf8.count > 1, let index = definition.firstIndex(of: allele) { return Int16(index) }
        table.remark(.indelAmbiguous, sample: 0, site: site.site)
        return AlleleCode.unknown
    }
}

extension MappedSite {
    /// Whether two of the listed bases are each other's complement, so that the strand cannot be told.
    var isStrandAmbiguous: Bool {
        for base in "ACGT".utf8 where (code(ofBase: base) ?? -1) >= 0 {
            if (code(ofBase: BuildEvidence.complement(base)) ?? -1) >= 0 { return true }
        }
        return false
    }
}
